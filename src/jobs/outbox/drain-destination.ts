import { and, asc, eq, inArray } from 'drizzle-orm';
import type { Destination } from '../../core/address/destination.ts';
import { deliveries, paces } from '../../db/schema/outbox.ts';
import type { JobServices } from '../job-services.ts';
import { attemptDelivery } from './attempt-delivery.ts';
import { type ClaimedDelivery, claimDelivery } from './claim-delivery.ts';
import { recordFailure } from './record-failure.ts';
import { recordSent } from './record-sent.ts';

/** Waits up to this long are slept through within the job; longer ones become a delayed job. */
const shortWaitMs = 2_000;

/**
 * Sends what waits for a destination, oldest first, at the channel's pace. Returns in how many ms it wants to run
 * again; null when nothing waits. Several may run for one destination at once: each row is claimed.
 */
export async function drainDestination(jobs: JobServices, destination: Destination): Promise<number | null> {
  for (;;) {
    const delivery = jobs.stopping.aborted ? null : await claimDelivery(jobs, destination);
    if (delivery) {
      await sendDelivery(jobs, delivery);
      continue;
    }
    const wait = await millisecondsToWait(jobs, destination);
    if (wait === null || wait > shortWaitMs || jobs.stopping.aborted) return wait;
    await jobs.sleep(wait);
  }
}

async function sendDelivery(jobs: JobServices, delivery: ClaimedDelivery): Promise<void> {
  const attempt = await attemptDelivery(jobs, delivery);
  if (attempt?.result === 'sent') await recordSent(jobs, delivery, attempt);
  else if (attempt) await recordFailure(jobs, delivery, attempt);
}

/** Until the oldest delivery may be tried, at least 1 ms; null when there is none. */
async function millisecondsToWait(
  { db, clock }: JobServices,
  destination: Destination,
): Promise<number | null> {
  const pace = and(eq(paces.destination, deliveries.destination), eq(paces.kind, 'post'));
  const [head] = await db
    .select({ notBefore: deliveries.notBefore, nextAt: paces.nextAt })
    .from(deliveries)
    .leftJoin(paces, pace)
    .where(and(eq(deliveries.destination, destination), inArray(deliveries.state, ['pending', 'sending'])))
    .orderBy(asc(deliveries.seq))
    .limit(1);
  if (!head) return null;
  const at = Math.max(head.notBefore?.getTime() ?? 0, head.nextAt?.getTime() ?? 0);
  return Math.max(1, at - clock.wall());
}
