import { type Destination, decodeDestination } from '../../core/address/destination.ts';
import type { JobServices } from '../job-services.ts';
import { attemptDelivery } from './attempt-delivery.ts';
import type { Claim, ClaimedDelivery } from './delivery-claim.ts';
import { createDeliveryRows, type DeliveryRows } from './delivery-rows.ts';
import { recordFailure } from './record-failure.ts';

/** Waits up to this long are slept through within the job; longer ones become a delayed wake-up. */
const shortWaitMs = 2_000;

/** Sends what waits for one destination. Returns in how many milliseconds it wants to be woken again; null: not. */
export type Drain = (destination: string) => Promise<number | null>;

/**
 * Sends what waits for a destination, oldest first, at the platform's pace. Runs once at a time for a
 * destination; those that run side by side share their statements.
 */
export function createDrain(jobs: JobServices, onPosted: () => void = () => undefined): Drain {
  const rows = createDeliveryRows(jobs);
  return (destination) => drain({ jobs, rows, onPosted }, destination);
}

interface Parts {
  jobs: JobServices;
  rows: DeliveryRows;
  /** Called for each message that has arrived. */
  onPosted: () => void;
}

async function drain({ jobs, rows, onPosted }: Parts, destination: string): Promise<number | null> {
  const target = decodeDestination(destination);
  let turn = await rows.claim(destination);
  for (;;) {
    if (turn.delivery) {
      turn = await sendDelivery({ jobs, rows, onPosted }, target, turn.delivery);
      continue;
    }
    if (turn.waitUntil === null) return null;
    const wait = Math.max(1, turn.waitUntil - jobs.clock.wall());
    if (wait > shortWaitMs || jobs.stopping.aborted) return wait;
    await jobs.sleep(wait);
    turn = await rows.claim(destination);
  }
}

/** Returns the next turn. */
async function sendDelivery(
  { jobs, rows, onPosted }: Parts,
  target: Destination,
  delivery: ClaimedDelivery,
): Promise<Claim> {
  const outcome = await attemptDelivery(jobs, target, delivery);
  if (outcome?.result === 'sent') {
    onPosted();
    return rows.recordSent({ delivery, ...outcome });
  }
  if (outcome) await recordFailure(jobs, delivery, outcome);
  return rows.claim(delivery.destination);
}
