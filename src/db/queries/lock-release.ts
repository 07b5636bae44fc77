import { and, asc, eq, inArray, type SQL } from 'drizzle-orm';
import { polls } from '../schema/go-no-go.ts';
import { releases } from '../schema/release.ts';
import type { Transaction } from '../transaction.ts';
import { loadRelease, loadReleases, type Release } from './load-release.ts';

/** Finds a release by its key, its id or the id of one of its polls, and locks it until the transaction ends. */
export async function lockRelease(
  tx: Transaction,
  by: { key: string } | { id: string } | { pollId: string },
): Promise<Release | null> {
  const [found] = await lock(tx, by);
  // Read after the lock, so that it shows what the last holder wrote.
  return found ? loadRelease(tx, { id: found.id }) : null;
}

/** Releases by id, locked until the transaction ends; always in the same order, so that two who lock several can't deadlock. */
export async function lockReleases(tx: Transaction, ids: readonly string[]): Promise<Map<string, Release>> {
  const locked = await lockWhere(tx, inArray(releases.id, [...ids]));
  return loadReleases(
    tx,
    locked.map(({ id }) => id),
  );
}

function lock(tx: Transaction, by: Parameters<typeof lockRelease>[1]) {
  if ('key' in by) return lockWhere(tx, eq(releases.key, by.key));
  if ('id' in by) return lockWhere(tx, eq(releases.id, by.id));
  const ofPoll = and(eq(polls.releaseId, releases.id), eq(polls.id, by.pollId));
  return tx
    .select({ id: releases.id })
    .from(releases)
    .innerJoin(polls, ofPoll)
    .for('update', { of: releases });
}

function lockWhere(tx: Transaction, condition: SQL) {
  return tx
    .select({ id: releases.id })
    .from(releases)
    .where(condition)
    .orderBy(asc(releases.id))
    .for('update');
}
