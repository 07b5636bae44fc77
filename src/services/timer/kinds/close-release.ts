import { closeRelease } from '../../release/close-release.ts';
import type { TimerKind } from '../timer-kind.ts';

/** The follow-up of a release has ended. The subject is the release's id. */
export const closeReleaseTimer: TimerKind = { kind: 'close-release', fire: closeRelease };
