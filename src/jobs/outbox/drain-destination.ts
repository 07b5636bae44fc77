import { and, asc, eq, inArray } from 'drizzle-orm';
import type { Destination } from '../../core/address/destination.ts';
import { deliveries, paces } from '../../db/schema/outbox.ts';
import { backOffMs } from '../../lib/back-off.ts';
import { errorMessage } from '../../lib/error-message.ts';
import { leftToWait, maxSkewMs } from '../../lib/left-to-wait.ts';
import { redactSecrets } from '../../lib/redact-secrets.ts';
import { deliveryAttempts, deliveryWaitSeconds } from '../../lib/telemetry.ts';
import type { JobServices } from '../job-services.ts';
import { postIntervalMs } from '../pace.ts';
import { type AttemptFailure, attemptDelivery, type Sent } from './attempt-delivery.ts';
import { type ClaimedDelivery, claimDelivery } from './claim-delivery.ts';
import { handOutDelivery } from './hand-out-delivery.ts';
import { recordFailure } from './record-failure.ts';
import { recordSent } from './record-sent.ts';

/** Waits up to this long are slept through within the job; longer ones become a delayed job. */
const shortWaitMs = 2_000;
/** Between two tries to record what came of an attempt. */
const recordAgainMs = 500;

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
  jobs.heldDeliveries.add(delivery.id);
  try {
    const carryOut = delivery.destination.kind === 'group' ? handOutDelivery : attemptDelivery;
    const attempt = await carryOut(jobs, delivery).catch((error: unknown) =>
      thrownBefore(jobs, delivery, error),
    );
    if (attempt) {
      measure(jobs, delivery, attempt);
      await recordInTheEnd(jobs, delivery, attempt);
    }
  } finally {
    jobs.heldDeliveries.delete(delivery.id);
  }
}

function measure(
  { clock }: JobServices,
  { destination: { channel }, createdAt }: ClaimedDelivery,
  { result }: Sent | AttemptFailure,
): void {
  deliveryAttempts.inc({ channel, result });
  if (result === 'sent')
    deliveryWaitSeconds.observe({ channel }, Math.max(0, clock.now() - createdAt) / 1_000);
}

/** Nothing was sent by this attempt; it is made again soon. */
function thrownBefore(jobs: JobServices, delivery: ClaimedDelivery, error: unknown): AttemptFailure {
  jobs.log.error({ deliveryId: delivery.id, error }, 'a delivery could not be attempted');
  // A query names what it was about.
  const detail = redactSecrets(errorMessage(error));
  if (!delivery.mayHaveArrived) return { result: 'not-sent', detail };
  return { result: 'unknown', detail, retryAfterMs: backOffMs(delivery.attempts, jobs.random) };
}

/**
 * Records what came of an attempt, again and again while the claim lasts: a database that is away for a moment must
 * not make anybody wait for the end of the lease, or leave it open whether the message arrived.
 */
async function recordInTheEnd(
  jobs: JobServices,
  delivery: ClaimedDelivery,
  attempt: Sent | AttemptFailure,
): Promise<void> {
  const until = delivery.claimedAt + jobs.settings.claimLeaseMs;
  for (;;) {
    try {
      if (attempt.result === 'sent') return await recordSent(jobs, delivery, attempt);
      return await recordFailure(jobs, delivery, attempt);
    } catch (error) {
      if (jobs.stopping.aborted || jobs.clock.wall() + recordAgainMs >= until) throw error;
      jobs.log.warn(
        { deliveryId: delivery.id, error },
        'what came of a delivery could not be recorded; trying again',
      );
    }
    await jobs.sleep(recordAgainMs);
  }
}

/** Until the oldest delivery may be tried, at least 1 ms; null when there is none. */
async function millisecondsToWait(
  { db, channels, clock }: JobServices,
  destination: Destination,
): Promise<number | null> {
  const pace = and(eq(paces.destination, deliveries.destination), eq(paces.kind, 'post'));
  const [head] = await db
    .select({ notBefore: deliveries.notBefore, sendingAt: deliveries.sendingAt, nextAt: paces.nextAt })
    .from(deliveries)
    .leftJoin(paces, pace)
    .where(and(eq(deliveries.destination, destination), inArray(deliveries.state, ['pending', 'sending'])))
    .orderBy(asc(deliveries.seq))
    .limit(1);
  if (!head) return null;
  const wall = clock.wall();
  const isOfWrongClock = (head.sendingAt?.getTime() ?? 0) > wall + maxSkewMs;
  const retryMs = isOfWrongClock ? 0 : leftToWait(head.notBefore?.getTime() ?? 0, wall);
  const paceMs = leftToWait(head.nextAt?.getTime() ?? 0, wall, postIntervalMs(channels, destination));
  return Math.max(1, retryMs, paceMs);
}
