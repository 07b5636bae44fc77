import { eq, inArray, type SQL } from 'drizzle-orm';
import { polls } from '../schema/go-no-go.ts';
import { releases } from '../schema/release.ts';
import type { Transaction } from '../transaction.ts';
import { type Release, withParts } from './load-release.ts';

/** Finds a release by its key, its id or the id of one of its polls, and locks it until the transaction ends. */
export async function lockRelease(
  tx: Transaction,
  by: { key: string } | { id: string } | { pollId: string },
): Promise<Release | null> {
  const rows = await tx.select().from(releases).where(matches(tx, by)).for('update');
  // Read after the lock, so that they show what the last holder wrote.
  return (await withParts(tx, rows))[0] ?? null;
}

function matches(tx: Transaction, by: Parameters<typeof lockRelease>[1]): SQL {
  if ('key' in by) return eq(releases.key, by.key);
  if ('id' in by) return eq(releases.id, by.id);
  return inArray(releases.id, tx.select({ id: polls.releaseId }).from(polls).where(eq(polls.id, by.pollId)));
}
