import { backOffMs } from '../../lib/back-off.ts';
import { failDelivery } from '../../services/delivery/fail-delivery.ts';
import { notifyDelay } from '../../services/delivery/notify-delay.ts';
import { asSystem } from '../../services/kernel/context.ts';
import type { JobServices } from '../job-services.ts';
import type { AttemptFailure } from './attempt-delivery.ts';
import type { ClaimedDelivery } from './delivery-claim.ts';
import { type Retry, returnDelivery } from './delivery-rows.ts';

/** A message that has been failing for so long is told of to the release manager, and goes on being tried. */
const notifyAfterMs = 30 * 60_000;
/** One that has been failing for so long is given up: its time is over, and others wait behind it. */
const giveUpAfterMs = 24 * 60 * 60_000;
/** A day of tries has more attempts than these. With fewer, the bot itself was away, and no outage may cost a message. */
const leastAttempts = 720;

/**
 * What follows an attempt that posted nothing, as far as is known: another one, or none when the platform refuses
 * the message or a day was not enough.
 */
export async function recordFailure(
  jobs: JobServices,
  delivery: ClaimedDelivery,
  outcome: AttemptFailure,
): Promise<void> {
  if (outcome.result === 'refused') return giveUp(jobs, delivery, `${outcome.code}: ${outcome.detail}`);
  const failingMs = delivery.failingSince === null ? 0 : jobs.clock.wall() - delivery.failingSince;
  if (outcome.result !== 'rate-limited' && failingMs >= giveUpAfterMs && delivery.attempts >= leastAttempts)
    return giveUp(jobs, delivery, lastWords(delivery, outcome));
  if (outcome.result === 'unknown') {
    const { detail } = outcome;
    jobs.log.warn({ deliveryId: delivery.id, detail }, 'delivery is uncertain and will be looked up');
  }
  await returnDelivery(jobs, delivery, retryOf(jobs, delivery, outcome));
  if (failingMs >= notifyAfterMs) await notifyOnce(jobs, delivery);
}

/** What the release manager is told of a message that is given up after all those attempts. */
function lastWords(
  { attempts }: ClaimedDelivery,
  { result, detail }: Extract<AttemptFailure, { result: 'not-sent' | 'unknown' }>,
): string {
  return result === 'unknown'
    ? `neither yes nor no, so look whether it arrived: ${detail}`
    : `nothing after ${attempts} attempts: ${detail}`;
}

function retryOf(
  jobs: JobServices,
  delivery: ClaimedDelivery,
  outcome: Exclude<AttemptFailure, { result: 'refused' }>,
): Retry {
  const pauseMs = backOffMs(delivery.attempts, jobs.random);
  switch (outcome.result) {
    case 'rate-limited':
      return { afterMs: outcome.retryAfterMs, note: 'rate limited', mayHaveArrived: false };
    case 'not-sent':
      return { afterMs: pauseMs, note: outcome.detail, mayHaveArrived: false };
    case 'unknown': {
      const afterMs = outcome.retryAfterMs ?? Math.max(jobs.settings.claimLeaseMs, pauseMs);
      return { afterMs, note: outcome.detail, mayHaveArrived: true };
    }
  }
}

/** The release manager is told that it waits, once; by now the row says why. */
async function notifyOnce(
  jobs: JobServices,
  { id: deliveryId, releaseId, attempts, isDelayNotified }: ClaimedDelivery,
): Promise<void> {
  if (isDelayNotified || releaseId === null) return;
  await notifyDelay({ ctx: asSystem(jobs, 'delivery'), input: { deliveryId, releaseId, attempts } });
}

/** Only a person can settle it now; the release manager is told. */
async function giveUp(jobs: JobServices, delivery: ClaimedDelivery, reason: string): Promise<void> {
  jobs.log.error({ deliveryId: delivery.id, reason }, 'a delivery failed');
  const { id: deliveryId, attempts } = delivery;
  await failDelivery({ ctx: asSystem(jobs, 'delivery'), input: { deliveryId, attempts, reason } });
}
