import type { Destination } from '../../core/address/destination.ts';
import type { Card } from '../../core/card/card.ts';
import { errorMessage } from '../../lib/error-message.ts';
import { DeliveryLookupError, type SendOutcome } from '../../services/ports/chat-platform.ts';
import type { JobServices } from '../job-services.ts';
import type { ClaimedDelivery } from './delivery-claim.ts';
import { renewClaim } from './delivery-rows.ts';

/** A claim lasts as long as an attempt and a margin; from this age on it is renewed before the attempt. */
const freshMs = 1_000;

type Sent = Extract<SendOutcome, { result: 'sent' }>;
/** What came of an attempt, or of the look-up before it, instead of a message. */
export type AttemptFailure =
  | Exclude<SendOutcome, { result: 'sent' | 'unknown' }>
  /** `retryAfterMs`: the platform said when to look again. */
  | { result: 'unknown'; detail: string; retryAfterMs?: number | undefined };

/** One attempt; null when it is another drain's by now. What may have arrived before is looked up first. */
export async function attemptDelivery(
  jobs: JobServices,
  destination: Destination,
  delivery: ClaimedDelivery,
): Promise<Sent | AttemptFailure | null> {
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
): Promise<Sent | AttemptFailure | null> {
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
      detail: `look-up failed: ${errorMessage(error)}`,
      retryAfterMs: error instanceof DeliveryLookupError ? error.retryAfterMs : undefined,
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
