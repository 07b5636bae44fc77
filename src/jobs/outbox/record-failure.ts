import { sql } from 'drizzle-orm';
import { deliveries } from '../../db/schema/outbox.ts';
import { backOffMs } from '../../lib/back-off.ts';
import { maxWaitMs } from '../../lib/left-to-wait.ts';
import { failDelivery } from '../../services/delivery/fail-delivery.ts';
import { leaveUnknown } from '../../services/delivery/leave-unknown.ts';
import { notifyDelay } from '../../services/delivery/notify-delay.ts';
import { asSystem } from '../../services/kernel/context.ts';
import type { JobServices } from '../job-services.ts';
import type { AttemptFailure } from './attempt-delivery.ts';
import type { ClaimedDelivery } from './claim-delivery.ts';
import { claimedRow } from './claimed-row.ts';

/** The release manager is notified of a message that has been failing for so long; it goes on being tried. */
const notifyAfterMs = 30 * 60_000;
/** One that has been failing for so long is given up: its time is over, and others wait behind it. */
const giveUpAfterMs = 24 * 60 * 60_000;
/** A day of tries has more attempts than these. With fewer, the bot itself was away, and no outage may cost a message. */
const minAttempts = 720;

type Retried = Exclude<AttemptFailure, { result: 'refused' | 'unsettled' | 'withdrawn' }>;

/**
 * What follows an attempt that posted nothing, as far as is known: another one; or none when the channel refuses the
 * message, a person has to say whether it arrived, or a day was not enough.
 */
export async function recordFailure(
  jobs: JobServices,
  delivery: ClaimedDelivery,
  outcome: AttemptFailure,
): Promise<void> {
  if (outcome.result === 'refused')
    return giveUp(jobs, delivery, `${outcome.code}: ${outcome.detail}`, outcome.recipientIsGone);
  if (outcome.result === 'withdrawn') return withdraw(jobs, delivery, outcome.detail);
  if (outcome.result === 'unsettled') return leaveToPerson(jobs, delivery, outcome.detail);
  const failingMs = delivery.failingSince === null ? 0 : jobs.clock.wall() - delivery.failingSince;
  const isOver = failingMs >= giveUpAfterMs && delivery.attempts >= minAttempts;
  if (isOver && outcome.result === 'unknown') return leaveToPerson(jobs, delivery, outcome.detail);
  // A live card shows the state of the moment in which it is posted, so it never comes too late.
  const isTooLate =
    outcome.result === 'not-sent' || (outcome.result === 'closed' && delivery.cardId === null);
  if (isOver && isTooLate)
    return giveUp(jobs, delivery, `nothing after ${delivery.attempts} attempts: ${outcome.detail}`);
  await returnDelivery(jobs, delivery, outcome);
  // A closed place stays closed until somebody knows of it.
  if (failingMs >= notifyAfterMs || outcome.result === 'closed') await notifyOnce(jobs, delivery);
}

/** Puts a delivery back for another try; one that may have arrived stays `sending` and is looked up first. */
async function returnDelivery(jobs: JobServices, delivery: ClaimedDelivery, outcome: Retried): Promise<void> {
  const wall = jobs.clock.wall();
  await jobs.db
    .update(deliveries)
    .set({
      state: outcome.result === 'unknown' ? 'sending' : 'pending',
      claimedBy: null,
      notBefore: new Date(wall + pauseMs(jobs, delivery, outcome)),
      error: describeFailure(outcome),
      failingSince: sql`coalesce(${deliveries.failingSince}, ${new Date(wall).toISOString()})`,
    })
    .where(claimedRow(delivery));
}

function describeFailure(outcome: Retried): string {
  if (outcome.result === 'rate-limited') return 'rate limited';
  return outcome.result === 'closed' ? `${outcome.code}: ${outcome.detail}` : outcome.detail;
}

function pauseMs(jobs: JobServices, { attempts }: ClaimedDelivery, outcome: Retried): number {
  const backOff = backOffMs(attempts, jobs.random);
  switch (outcome.result) {
    case 'rate-limited':
      return Math.min(maxWaitMs, outcome.retryAfterMs);
    case 'not-sent':
    case 'closed':
      return backOff;
    case 'unknown':
      return Math.min(maxWaitMs, outcome.retryAfterMs ?? Math.max(jobs.settings.claimLeaseMs, backOff));
  }
}

/** The release manager is notified once that it waits; by now the row says why. */
async function notifyOnce(
  jobs: JobServices,
  { id: deliveryId, releaseId, attempts, isDelayNotified }: ClaimedDelivery,
): Promise<void> {
  if (isDelayNotified || releaseId === null) return;
  await notifyDelay({ ctx: asSystem(jobs, 'delivery'), input: { deliveryId, releaseId, attempts } });
}

/** It can't be sent; the release manager is notified. */
async function giveUp(
  jobs: JobServices,
  { id: deliveryId, attempts }: ClaimedDelivery,
  reason: string,
  recipientIsGone = false,
): Promise<void> {
  jobs.log.error({ deliveryId, reason }, 'a delivery failed');
  const input = { deliveryId, attempts, reason, recipientIsGone };
  await failDelivery({ ctx: asSystem(jobs, 'delivery'), input });
}

/** It is not sent any more, and that is as it should be. */
async function withdraw(
  jobs: JobServices,
  { id: deliveryId, attempts }: ClaimedDelivery,
  reason: string,
): Promise<void> {
  const input = { deliveryId, attempts, reason, isExpected: true };
  await failDelivery({ ctx: asSystem(jobs, 'delivery'), input });
}

/** It may have arrived and is never repeated unseen: the release manager settles it. */
async function leaveToPerson(
  jobs: JobServices,
  { id: deliveryId, attempts }: ClaimedDelivery,
  reason: string,
): Promise<void> {
  jobs.log.error({ deliveryId, reason }, 'nobody knows whether a delivery arrived');
  await leaveUnknown({ ctx: asSystem(jobs, 'delivery'), input: { deliveryId, attempts, reason } });
}
