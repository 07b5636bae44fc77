import { asc, desc, eq, gt, ne } from 'drizzle-orm';
import type { Checkpoint, GrownChain } from '../../core/audit/checkpoint.ts';
import { auditCheckpoints, auditHeads } from '../schema/audit.ts';
import type { Queries, Transaction } from '../transaction.ts';

export async function lastCheckpoint(db: Queries): Promise<Checkpoint | null> {
  const [last] = await db.select().from(auditCheckpoints).orderBy(desc(auditCheckpoints.seq)).limit(1);
  return last ?? null;
}

export async function findCheckpoint(db: Queries, seq: number): Promise<Checkpoint | null> {
  const [found] = await db.select().from(auditCheckpoints).where(eq(auditCheckpoints.seq, seq));
  return found ?? null;
}

/** Checkpoints by their numbers, those after one, at most `limit`. */
export function loadCheckpoints(
  db: Queries,
  { after, limit }: { after: number | null; limit: number },
): Promise<Checkpoint[]> {
  return db
    .select()
    .from(auditCheckpoints)
    .where(after === null ? undefined : gt(auditCheckpoints.seq, after))
    .orderBy(asc(auditCheckpoints.seq))
    .limit(limit);
}

/** The chains whose ends are in no checkpoint yet. */
export function loadGrownChains(db: Queries): Promise<GrownChain[]> {
  return db
    .select()
    .from(auditHeads)
    .where(ne(auditHeads.seq, auditHeads.sealedSeq))
    .orderBy(asc(auditHeads.chain));
}

/** Fails when there is one with its number. */
export async function appendCheckpoint(
  tx: Transaction,
  { seq, body, signature, hash }: Checkpoint,
  grown: readonly GrownChain[],
): Promise<void> {
  await tx.$client.query({
    text: 'select append_audit_checkpoint($1, $2, $3, $4, $5::text[], $6::bigint[])',
    values: [seq, body, signature, hash, grown.map(({ chain }) => chain), grown.map((one) => one.seq)],
  });
}
