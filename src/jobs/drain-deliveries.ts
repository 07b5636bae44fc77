import type { Card } from '../core/card.ts';
import type { Destination, SendOutcome } from '../services/chat-platform.ts';
import { asSystem } from '../services/context.ts';
import { failDelivery } from '../services/delivery/fail-delivery.ts';
import { backOffMs } from './back-off.ts';
import {
  type ClaimedDelivery,
  claimDelivery,
  nextAttemptAt,
  recordSent,
  renewClaim,
  returnDelivery,
} from './delivery-rows.ts';
import { parseDestination } from './destination.ts';
import type { JobServices } from './job-services.ts';

/** Waits up to this long are slept through within the job; longer ones become a delayed wake-up. */
const shortWaitMs = 2_000;
/** Backing off up to a minute each, these take about half an hour. */
const mostAttempts = 40;

/**
 * Sends what waits for one destination, oldest first, at the platform's pace. Runs once at a time for a
 * destination. Returns in how many milliseconds it wants to be woken again, or null when nothing waits.
 */
export async function drainDeliveries(jobs: JobServices, destination: string): Promise<number | null> {
  const target = parseDestination(destination);
  for (;;) {
    const delivery = await claimDelivery(jobs, destination);
    if (delivery) {
      await sendDelivery(jobs, target, delivery);
      continue;
    }
    const wait = await millisecondsToWait(jobs, destination);
    if (wait === null || wait > shortWaitMs || jobs.stopping.aborted) return wait;
    await jobs.sleep(wait);
  }
}

async function millisecondsToWait(jobs: JobServices, destination: string): Promise<number | null> {
  const at = await nextAttemptAt(jobs, destination);
  return at === null ? null : Math.max(1, at - jobs.clock.wall());
}

async function sendDelivery(
  jobs: JobServices,
  destination: Destination,
  delivery: ClaimedDelivery,
): Promise<void> {
  const outcome = await attempt(jobs, destination, delivery);
  if (!outcome) return;
  const hopeless = delivery.attempts >= mostAttempts;
  switch (outcome.result) {
    case 'sent':
      return recordSent(jobs, delivery, outcome);
    case 'rate-limited':
      return returnDelivery(jobs, delivery, {
        afterMs: outcome.retryAfterMs,
        note: 'rate limited',
        mayHaveArrived: false,
      });
    case 'not-sent':
      if (hopeless)
        return giveUp(jobs, delivery, `nothing after ${delivery.attempts} attempts: ${outcome.detail}`);
      return returnDelivery(jobs, delivery, {
        afterMs: backOffMs(delivery.attempts, jobs.random),
        note: outcome.detail,
        mayHaveArrived: false,
      });
    case 'unknown':
      if (hopeless)
        return giveUp(jobs, delivery, `neither yes nor no, so look whether it arrived: ${outcome.detail}`);
      jobs.log.warn(
        { deliveryId: delivery.id, detail: outcome.detail },
        'delivery is uncertain and will be looked up',
      );
      return returnDelivery(jobs, delivery, {
        afterMs: jobs.settings.claimLeaseMs,
        note: outcome.detail,
        mayHaveArrived: true,
      });
    case 'refused':
      return giveUp(jobs, delivery, `${outcome.code}: ${outcome.detail}`);
  }
}

/** Only a person can settle it now; the release manager is told. */
async function giveUp(jobs: JobServices, delivery: ClaimedDelivery, reason: string): Promise<void> {
  jobs.log.error({ deliveryId: delivery.id, reason }, 'a delivery failed');
  const { id: deliveryId, attempts } = delivery;
  await failDelivery({ ctx: asSystem(jobs, 'delivery'), input: { deliveryId, attempts, reason } });
}

/** One attempt; null when it is another drain's by now. What may have arrived before is looked up first. */
async function attempt(
  jobs: JobServices,
  destination: Destination,
  delivery: ClaimedDelivery,
): Promise<SendOutcome | null> {
  if (delivery.mayHaveArrived) {
    const found = await lookUp(jobs, destination, delivery);
    if (found) return found;
    if (!(await renewClaim(jobs, delivery))) return null;
  }
  const card = await contentOf(jobs, delivery);
  if (!card) return { result: 'refused', code: 'nothing-to-show', detail: 'its subject is gone' };
  return jobs.platform.post({ destination, card, deliveryId: delivery.id });
}

async function lookUp(
  jobs: JobServices,
  destination: Destination,
  delivery: ClaimedDelivery,
): Promise<SendOutcome | null> {
  try {
    const found = await jobs.platform.findDelivery({
      destination,
      deliveryId: delivery.id,
      since: delivery.since,
    });
    return found ? { result: 'sent', ...found } : null;
  } catch (error) {
    return {
      result: 'unknown',
      detail: `look-up failed: ${error instanceof Error ? error.message : 'unknown error'}`,
    };
  }
}

async function contentOf(jobs: JobServices, delivery: ClaimedDelivery): Promise<Card | null> {
  if (delivery.content) return delivery.content;
  if (!delivery.card) return null;
  const rendered = await jobs.renderLiveCard(delivery.card);
  delivery.renderedHash = rendered ? jobs.hashCard(rendered) : null;
  return rendered;
}
