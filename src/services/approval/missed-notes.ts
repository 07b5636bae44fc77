import type { MissedBecause } from '../../core/messages/draft-message.ts';
import type { Draft } from '../../db/queries/drafts.ts';

/** What the schedule says of a message that customers did not get at its instant. */
export const MISSED_NOTES: Readonly<Record<MissedBecause['kind'], string>> = {
  waiting: 'Not sent: nobody had approved it.',
  held: 'Not sent: it was on hold.',
  changed: 'Not sent: it had changed after it was approved.',
};

/** Who has put a draft on hold, and why. */
export function describeReason({ heldByName, holdReason }: Pick<Draft, 'heldByName' | 'holdReason'>): {
  by: string;
  reason: string;
} {
  return { by: heldByName ?? 'somebody', reason: holdReason ?? '' };
}
