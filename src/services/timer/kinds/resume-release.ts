import { endPause } from '../../lifecycle/resume-release.ts';
import type { TimerKind } from '../timer-kind.ts';

/** A pause is over. The subject is the release's id and `:pause`. */
export const timerKind: TimerKind = { name: 'resume-release', isFirst: true, fire: endPause };
