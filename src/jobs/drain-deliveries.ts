import type { Card } from '../core/card.ts';
import type { Destination, SendOutcome } from '../services/chat-platform.ts';
import { asSystem } from '../services/context.ts';
import { failDelivery } from '../services/delivery/fail-delivery.ts';
import { backOffMs } from './back-off.ts';
import { createDeliveryRows, type DeliveryRows, renewClaim, returnDelivery } from './delivery-rows.ts';
import type { ClaimedDelivery, Turn } from './delivery-turn.ts';
import { parseDestination } from './destination.ts';
import type { JobServices } from './job-services.ts';

/** Waits up to this long are slept through within the job; longer ones become a delayed wake-up. */
const shortWaitMs = 2_000;
/** A claim lasts as long as an attempt and a margin; from this age on it is renewed before the attempt. */
const freshMs = 1_000;
/** Backing off up to a minute each, these take about half an hour. */
const mostAttempts = 40;

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
  const target = parseDestination(destination);
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
): Promise<Turn> {
  const outcome = await attempt(jobs, target, delivery);
  if (outcome?.result === 'sent') {
    onPosted();
    return rows.recordSent({ delivery, ...outcome });
  }
  if (outcome) await recordFailure(jobs, delivery, outcome);
  return rows.claim(delivery.destination);
}

async function recordFailure(
  jobs: JobServices,
  delivery: ClaimedDelivery,
  outcome: Exclude<SendOutcome, { result: 'sent' }>,
): Promise<void> {
  const hopeless = delivery.attempts >= mostAttempts;
  switch (outcome.result) {
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
  }
  const card = await contentOf(jobs, delivery);
  if (!card) return { result: 'refused', code: 'nothing-to-show', detail: 'its subject is gone' };
  const passed = jobs.clock.wall() - delivery.claimedAt;
  if ((delivery.mayHaveArrived || passed > freshMs) && !(await renewClaim(jobs, delivery))) return null;
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
