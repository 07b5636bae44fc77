import { closeRelease } from '../../release/close-release.ts';
import type { TimerKind } from '../timer-kind.ts';

/** The follow-up of a release has ended. The subject is the release's id. */
export const timerKind: TimerKind = { name: 'close-release', fire: closeRelease };
