import type { Release } from '../../db/queries/load-release.ts';
import { lockRelease } from '../../db/queries/lock-release.ts';
import { findPoll, type Poll } from '../../db/queries/polls.ts';
import type { Scope } from '../kernel/scope.ts';

/** The poll and its release, the release locked first, as every request on a release does. */
export async function lockPoll(
  scope: Scope,
  pollId: string,
): Promise<{ release: Release; poll: Poll } | null> {
  const release = await lockRelease(scope.tx, { pollId });
  const poll = release && (await findPoll(scope.tx, pollId));
  return release && poll ? { release, poll } : null;
}
