import type { Transaction } from '../transaction.ts';
import { type Release, toReleases } from './load-release.ts';
import { releaseRows } from './release-rows.ts';

/** Finds a release by its key, its id or the id of one of its polls, and locks it until the transaction ends. */
export async function lockRelease(
  tx: Transaction,
  by: { key: string } | { id: string } | { pollId: string },
): Promise<Release | null> {
  return toReleases(await lockRows(tx, by))[0] ?? null;
}

function lockRows(tx: Transaction, by: Parameters<typeof lockRelease>[1]) {
  if ('key' in by) return releaseRows.byKey.lock(tx, by);
  if ('id' in by) return releaseRows.byId.lock(tx, by);
  return releaseRows.byPoll.lock(tx, by);
}
