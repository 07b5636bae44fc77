import { remindOfDraft } from '../../approval/remind-owners.ts';
import type { TimerKind } from '../timer-kind.ts';

/** Whoever has to approve a draft by now is reminded. The subject is the draft's id. */
export const timerKind: TimerKind = { name: 'draft-remind', fire: remindOfDraft };
