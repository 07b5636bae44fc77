import { askWhenDue } from '../../approval/update-drafts.ts';
import type { TimerKind } from '../timer-kind.ts';

/** The owner of a draft is asked to approve it. The subject is the draft's id. */
export const timerKind: TimerKind = { name: 'draft-ask', fire: askWhenDue };
