import { announceSoakOver } from '../../rollout/announce-soak-over.ts';
import type { TimerKind } from '../timer-kind.ts';

/** A phase of a rollout has soaked. The subject names the release and the phase. */
export const timerKind: TimerKind = { name: 'soak-over', fire: announceSoakOver };
