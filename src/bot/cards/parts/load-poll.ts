import { loadRelease, type Release } from '../../../db/queries/load-release.ts';
import { findPoll, type Poll } from '../../../db/queries/polls.ts';
import type { Queries } from '../../../db/transaction.ts';

/** A poll with its release; null when there is none. */
export async function loadPoll(
  db: Queries,
  pollId: string,
): Promise<{ release: Release; poll: Poll } | null> {
  const [poll, release] = await Promise.all([findPoll(db, pollId), loadRelease(db, { pollId })]);
  return poll && release ? { release, poll } : null;
}
