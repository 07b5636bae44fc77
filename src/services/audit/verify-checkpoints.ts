import { type BrokenLink, genesisHash } from '../../core/audit/audit-chain.ts';
import type { TrustedKeys } from '../../core/audit/audit-signature.ts';
import { type Checkpoint, checkpointProblem, readCheckpoint } from '../../core/audit/checkpoint.ts';
import { createSealedPlaces, type SealedPlaces } from '../../core/audit/sealed-places.ts';
import { loadCheckpoints } from '../../db/queries/checkpoints.ts';
import type { Queries } from '../../db/transaction.ts';

/** What the chain of checkpoints is called where it is told what is broken. */
export const checkpointsName = 'checkpoints';

export interface VerifiedCheckpoints {
  /** What those before the first broken one say of the chains. */
  places: SealedPlaces;
  /** The last of them. */
  last: Checkpoint | null;
  /** The first broken one. */
  broken: BrokenLink[];
}

const pageSize = 1_000;

/** Follows the checkpoints from the first, as far as each is the one that tminus wrote. */
export async function verifyCheckpoints(
  db: Queries,
  { trusted }: { trusted: TrustedKeys },
): Promise<VerifiedCheckpoints> {
  const places = createSealedPlaces();
  let last: VerifiedCheckpoints['last'] = null;
  for (let after: number | null = null; ; ) {
    const page = await loadCheckpoints(db, { after, limit: pageSize });
    for (const checkpoint of page) {
      const problem = checkpointProblem(checkpoint, last ?? beforeTheFirst, trusted);
      if (problem) {
        const broken = [{ chain: checkpointsName, seq: (last?.seq ?? 0) + 1, problem }];
        return { places, last, broken };
      }
      places.add(readCheckpoint(checkpoint));
      last = checkpoint;
    }
    after = page.at(-1)?.seq ?? after;
    if (page.length < pageSize) return { places, last, broken: [] };
  }
}

const beforeTheFirst = { seq: 0, hash: genesisHash };
