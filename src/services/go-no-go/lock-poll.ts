import type { Release } from '../../db/queries/load-release.ts';
import { lockRelease } from '../../db/queries/lock-release.ts';
import { findPolls, type Poll } from '../../db/queries/polls.ts';
import type { Scope } from '../kernel/scope.ts';

/** The poll and its release, the release locked first, as every act on a release does. */
export async function lockPoll(
  scope: Scope,
  pollId: string,
): Promise<{ release: Release; poll: Poll } | null> {
  const [release, poll] = await Promise.all([
    lockRelease(scope.tx, { pollId }),
    // Carried out after the statement before it, so it waits for the lock and sees what its last holder wrote.
    scope.tx.gather(findPolls, pollId),
  ]);
  return release && poll ? { release, poll } : null;
}
