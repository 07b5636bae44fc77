import type { Destination } from '../../core/address/destination.ts';
import { lastCheckpoint } from '../../db/queries/checkpoints.ts';
import { errorMessage } from '../../lib/error-message.ts';
import { postAnchor } from '../../services/audit/post-anchor.ts';
import { asSystem } from '../../services/kernel/context.ts';
import { findPlace } from '../../services/release/look-up-addresses.ts';
import type { AnchorSettings, JobServices } from '../job-services.ts';
import { appendAnchor } from './anchor-file.ts';

/** How often it is looked whether it is time; milliseconds. */
const lookEveryMs = 60_000;

/**
 * Keeps the latest checkpoint where the database is not, as often as the configuration says: in a channel, once
 * whatever the number of processes, and in a file of each process.
 */
export function createTrailAnchoring(): (jobs: JobServices) => Promise<void> {
  let lookedAt = Number.NEGATIVE_INFINITY;
  let writtenAt = Number.NEGATIVE_INFINITY;
  let place: Destination | null = null;
  return async (jobs) => {
    const { clock, settings, stopping } = jobs;
    const { anchors } = settings;
    const wall = clock.wall();
    if (!anchors || stopping.aborted || Math.abs(wall - lookedAt) < lookEveryMs) return;
    lookedAt = wall;
    if (anchors.file !== null && Math.abs(wall - writtenAt) >= anchors.everyMs) {
      if (await write(jobs, anchors.file)) writtenAt = wall;
    }
    if (anchors.channel !== null) place = await post(jobs, { ...anchors, channel: anchors.channel }, place);
  };
}

/** False when it has to be tried again. */
async function write(jobs: JobServices, file: string): Promise<boolean> {
  try {
    const latest = await lastCheckpoint(jobs.db);
    if (latest) await appendAnchor(file, latest);
    return true;
  } catch (error) {
    logFailure(jobs, file, errorMessage(error));
    return false;
  }
}

/** Returns where the channel is; null when that has to be asked again. */
async function post(
  jobs: JobServices,
  { channel: address, everyMs }: AnchorSettings & { channel: string },
  known: Destination | null,
): Promise<Destination | null> {
  try {
    const found = known ?? (await find(jobs, address));
    await postAnchor({ ctx: asSystem(jobs, 'audit'), input: { destination: found, address, everyMs } });
    return found;
  } catch (error) {
    logFailure(jobs, address, errorMessage(error));
    return null;
  }
}

async function find(jobs: JobServices, address: string): Promise<Destination> {
  const sayMissing = () => `There is no channel ${address} that I can see; create it or invite me.`;
  const found = await findPlace(jobs, address, sayMissing);
  if (typeof found === 'string') throw new Error(found);
  return found.destination;
}

function logFailure({ log }: JobServices, place: string, reason: string): void {
  log.error(
    { security: 'audit-anchor-failed', place, reason },
    'the audit trail could not be anchored outside the database; trying again in a minute',
  );
}
