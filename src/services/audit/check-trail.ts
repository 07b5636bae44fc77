import type { BrokenLink } from '../../core/audit/audit-chain.ts';
import { checkpointSignatureProblem, type TrustedKeys } from '../../core/audit/audit-signature.ts';
import { readCheckpoint } from '../../core/audit/checkpoint.ts';
import { createSealedPlaces, type SealedPlaces } from '../../core/audit/sealed-places.ts';
import { findCheckpoint, lastCheckpoint, loadCheckpoints } from '../../db/queries/checkpoints.ts';
import type { Queries } from '../../db/transaction.ts';
import { compareState } from './compare-state.ts';
import { verifyChain } from './verify-chain.ts';

/** How a check of one chain came out. */
export interface CheckedTrail {
  events: number;
  /** Empty: nothing speaks against it. */
  broken: BrokenLink[];
}

/** So many of the latest checkpoints are looked at, so that the answer comes at once. */
const checkpointsRead = 500;

/**
 * A quick check of one chain: each event's hash and signature, its place, the latest checkpoints, and the rows against
 * the events. `verifyAudit` looks at every checkpoint, and so also finds what was changed long before them.
 */
export async function checkTrail(
  db: Queries,
  chain: string,
  { trusted }: { trusted: TrustedKeys },
): Promise<CheckedTrail> {
  const places = await latestPlaces(db, trusted);
  const { events, broken } = await verifyChain(db, chain, { trusted, places });
  return { events, broken: broken ? [broken] : await compareState(db, chain) };
}

/** The first one says from where on events are signed. One whose signature is wrong says nothing. */
async function latestPlaces(db: Queries, trusted: TrustedKeys): Promise<SealedPlaces> {
  const [first, last] = await Promise.all([findCheckpoint(db, 1), lastCheckpoint(db)]);
  const after = Math.max(1, (last?.seq ?? 0) - checkpointsRead);
  const latest = await loadCheckpoints(db, { after, limit: checkpointsRead });
  const places = createSealedPlaces();
  for (const checkpoint of [...(first ? [first] : []), ...latest]) {
    if (!checkpointSignatureProblem(checkpoint, trusted)) places.add(readCheckpoint(checkpoint));
  }
  return places;
}
