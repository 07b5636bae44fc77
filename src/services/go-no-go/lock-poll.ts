import type { Release } from '../../db/queries/load-release.ts';
import { lockRelease } from '../../db/queries/lock-release.ts';
import { findPoll, type Poll } from '../../db/queries/polls.ts';
import type { Scope } from '../kernel/scope.ts';

/** The poll and its release, the release locked first, as every request on a release does. */
export async function lockPoll(
  scope: Scope,
  pollId: string,
): Promise<{ release: Release; poll: Poll } | null> {
  // Asked along with the lock, and read once that is held.
  const [release, poll] = await Promise.all([lockRelease(scope.tx, { pollId }), findPoll(scope.tx, pollId)]);
  return release && poll ? { release, poll } : null;
}
