import { type Checkpoint, makeCheckpoint } from '../../core/audit/checkpoint.ts';
import { appendCheckpoint, lastCheckpoint, loadGrownChains } from '../../db/queries/checkpoints.ts';
import { withTransaction } from '../../db/with-transaction.ts';
import { hasErrorCode } from '../../lib/error-code.ts';
import type { Services } from '../kernel/context.ts';

/**
 * Signs where the chains end, when they have grown since the last checkpoint, or there is none: the first one is to be
 * made before anything is signed. Returns the latest. Any number of processes may do it at once: one of them does.
 */
export async function sealTrail({
  db,
  clock,
  trailKeys,
}: Pick<Services, 'db' | 'clock' | 'trailKeys'>): Promise<Checkpoint | null> {
  // In this order: what grew afterwards is in the next one, and who writes with an old number fails.
  const last = await lastCheckpoint(db);
  const grown = await loadGrownChains(db);
  if (last && grown.length === 0) return last;
  const next = makeCheckpoint(last, { at: clock.now(), grown }, trailKeys.signer);
  try {
    await withTransaction(db, (tx) => appendCheckpoint(tx, next, grown));
    return next;
  } catch (error) {
    if (!isTaken(error)) throw error;
    return lastCheckpoint(db);
  }
}

/** Another process was faster. */
function isTaken(error: unknown): boolean {
  return hasErrorCode(error, '23505');
}
