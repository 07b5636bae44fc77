import { and, eq } from 'drizzle-orm';
import type { Anchor } from '../../core/audit/anchor.ts';
import type { BrokenLink } from '../../core/audit/audit-chain.ts';
import { checkpointSignatureProblem, type TrustedKeys } from '../../core/audit/audit-signature.ts';
import { type Checkpoint, readCheckpoint } from '../../core/audit/checkpoint.ts';
import { findCheckpoint } from '../../db/queries/checkpoints.ts';
import { auditEvents } from '../../db/schema/audit.ts';
import type { Queries } from '../../db/transaction.ts';
import { checkpointsName } from './verify-checkpoints.ts';

/** What the database has otherwise than it was kept outside, from the first checkpoint on that it does not have. */
export async function verifyAnchors(
  db: Queries,
  { anchors = [], trusted }: { anchors?: readonly Anchor[]; trusted: TrustedKeys },
): Promise<BrokenLink[]> {
  const broken: BrokenLink[] = [];
  for (const anchor of [...anchors].sort((a, b) => a.seq - b.seq)) {
    const found = await findCheckpoint(db, anchor.seq);
    if (found?.hash === anchor.hash) continue;
    broken.push({ chain: checkpointsName, seq: anchor.seq, problem: describeLoss(anchor, found) });
    const { checkpoint } = anchor;
    if (!checkpoint || checkpointSignatureProblem(checkpoint, trusted)) continue;
    broken.push(...(await findLostEvents(db, checkpoint)));
  }
  return broken.filter((one, index) => broken.findIndex(({ chain }) => chain === one.chain) === index);
}

function describeLoss({ seq }: Anchor, found: Checkpoint | null): string {
  const what = found
    ? `checkpoint ${seq} is not the one that was anchored outside the database`
    : `checkpoint ${seq}, which was anchored outside the database, is gone`;
  return `${what}: the trail was restored to an earlier state or rewritten`;
}

/** The ends of chains that the checkpoint has, and the database does not. */
async function findLostEvents(db: Queries, checkpoint: Checkpoint): Promise<BrokenLink[]> {
  const broken: BrokenLink[] = [];
  for (const [chain, [seq, hash]] of Object.entries(readCheckpoint(checkpoint).heads)) {
    const isPlace = and(eq(auditEvents.chain, chain), eq(auditEvents.seq, seq));
    const [there] = await db.select({ hash: auditEvents.hash }).from(auditEvents).where(isPlace);
    if (there?.hash === hash) continue;
    const anchored = `checkpoint ${checkpoint.seq}, which was anchored outside the database`;
    const problem = there ? `it is not the event of ${anchored}` : `it is gone, though it is in ${anchored}`;
    broken.push({ chain, seq, problem });
  }
  return broken;
}
