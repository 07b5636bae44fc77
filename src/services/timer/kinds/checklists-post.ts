import { postOnSchedule } from '../../readiness/post-checklists.ts';
import { postChecklistsKind } from '../../tasks/set-posting-time.ts';
import type { TimerKind } from '../timer-kind.ts';

/** The checklists of a release are posted in its channel, as its plan says. The subject is the release's id. */
export const timerKind: TimerKind = { name: postChecklistsKind, fire: postOnSchedule };
