import type { Checkpoint } from '../../core/audit/checkpoint.ts';
import { findCheckpoint } from '../../db/queries/checkpoints.ts';
import { sealTrail } from '../../services/audit/seal-trail.ts';
import type { JobServices } from '../job-services.ts';

/** What happened since the last checkpoint could be cut off unnoticed; a row each is the price. Milliseconds. */
const sealEveryMs = 5_000;

/**
 * Makes a checkpoint every few seconds in which something was appended, and once more as the process stops. The
 * latest is also kept outside the database; when the database has another one in its place, that is logged, and the
 * kept one stays, so that `tminus audit verify` finds what is missing.
 */
export function createTrailSealing(): (jobs: JobServices) => Promise<void> {
  let sealedAt = Number.NEGATIVE_INFINITY;
  let known: Checkpoint | null = null;
  let isLost = false;
  return async (jobs) => {
    const { clock, witness, stopping, log } = jobs;
    const wall = clock.wall();
    if (!stopping.aborted && Math.abs(wall - sealedAt) < sealEveryMs) return;
    sealedAt = wall;
    known ??= await witness.latest();
    const wasLost = isLost;
    isLost = known !== null && (await findCheckpoint(jobs.db, known.seq))?.hash !== known.hash;
    if (isLost && !wasLost) {
      log.error(
        { security: 'audit-checkpoint-missing', checkpoint: known?.seq },
        'the database does not have the checkpoint of the audit trail that was made last: run `tminus audit verify`',
      );
    }
    const latest = await sealTrail(jobs);
    if (isLost || !latest || latest.hash === known?.hash) return;
    known = latest;
    await keep(jobs, latest);
  };
}

/** Where there is no data folder, which a bot on a database of its own need not have, nothing is kept. */
async function keep({ witness }: JobServices, latest: Checkpoint): Promise<void> {
  await witness.keep(latest).catch(() => undefined);
}
