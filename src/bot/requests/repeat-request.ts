import type { Card } from '../../core/card/card.ts';
import type { LateRequestKind } from '../../db/schema/late-requests.ts';
import type { Clock } from '../../lib/clock.ts';
import type { LeftRequest } from '../../services/kernel/late-requests.ts';
import { sentenceCard } from '../cards/answers/refusal-card.ts';

/** Later, what was asked for would come as a surprise. Milliseconds; as long as a platform takes answers to a request. */
const repeatedWithinMs = 30 * 60_000;

/** How one kind of request is finished. Both resolve to whether the person heard what came of it. */
interface KindOfRequest<Context, Payload> {
  repeat: (context: Context, payload: Payload) => Promise<boolean>;
  tell: (context: Context, payload: Payload, card: Card) => Promise<boolean>;
}

/** By the kind under which a request was kept, each with what its listener keeps. */
// biome-ignore lint/suspicious/noExplicitAny: what was kept is what a listener of that kind made
type KindsOfRequests<Context> = Record<LateRequestKind, KindOfRequest<Context, any>>;

/**
 * Finishes a request that was kept, under its own key: what had been committed is not done again. One that is too old
 * is not done; the person hears so. True when the person heard what came of it.
 */
export function repeatRequest<Context extends { services: { clock: Pick<Clock, 'wall'> } }>(
  context: Context,
  kinds: KindsOfRequests<Context>,
  request: LeftRequest,
): Promise<boolean> {
  const isTooOld = context.services.clock.wall() - request.receivedAt > repeatedWithinMs;
  const payload: unknown = JSON.parse(request.payload);
  const { repeat, tell } = kinds[request.kind];
  return isTooOld ? tell(context, payload, interruptedCard) : repeat(context, payload);
}

const interruptedCard: Card = sentenceCard(
  'tminus was stopped while it worked on this, and it may or may not have been done: check before you try again.',
);
