import type { ReleaseState } from '../release/release-state.ts';
import type { ScheduleItem } from '../schedule/derive-schedule.ts';

/** How a message stands that customers read. */
export type DraftStanding =
  /** Its owner has not approved it. */
  | 'waiting'
  | 'approved'
  | 'held'
  /** Its instant passed without an approval; it goes out when somebody approves it now. */
  | 'late'
  /** Its instant passed while it was on hold. */
  | 'late-held'
  | 'sent'
  /** Nothing more becomes of it. */
  | 'ended';

interface Facts {
  releaseState: ReleaseState;
  /** Of the item in the schedule. */
  itemState: 'planned' | 'overdue' | 'sent' | 'withheld';
  /** Whether the plan still says that customers read it. */
  isCustomerFacing: boolean;
  draftState: 'waiting' | 'approved' | 'held';
  isMissed: boolean;
  /** Whether it says that the release was cancelled: the only thing that is still to be said of one that was. */
  isOfCancellation: boolean;
}

/** Where a message is between its draft and its readers. */
export function draftStanding(facts: Facts): DraftStanding {
  const { releaseState, itemState, isCustomerFacing, draftState, isMissed, isOfCancellation } = facts;
  if (itemState === 'sent') return 'sent';
  if (!isCustomerFacing || (releaseState === 'cancelled' && !isOfCancellation)) return 'ended';
  if (itemState === 'planned' || itemState === 'overdue') return draftState;
  if (!isMissed) return 'ended';
  return draftState === 'held' ? 'late-held' : 'late';
}

/** Whether a message says that its release was cancelled: it is due only then. */
export function isCancellation(item: ScheduleItem): boolean {
  return item.kind === 'event' && item.event === 'cancelled';
}

/** Whether somebody can still decide on it. */
export function isOpenDraft(standing: DraftStanding): boolean {
  return standing !== 'sent' && standing !== 'ended';
}
