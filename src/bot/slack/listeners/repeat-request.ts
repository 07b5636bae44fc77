import type { Card } from '../../../core/card/card.ts';
import type { LeftRequest } from '../../../services/kernel/late-requests.ts';
import { sentenceCard } from '../../cards/answers/refusal-card.ts';
import type { ListenerContext } from './listener-context.ts';
import { repeatAction, tellOfAction } from './on-action.ts';
import { repeatCommand, tellOfCommand } from './on-command.ts';
import { repeatForm, tellOfForm } from './on-form.ts';

/** Later, what was asked for would come as a surprise. Milliseconds; as long as Slack takes answers to a request. */
const repeatedWithinMs = 30 * 60_000;

/**
 * Finishes a request that was kept, under its own key: what had been committed is not done again. One that is too old
 * is not done; the person hears so. True when the person heard what came of it.
 */
export function repeatRequest(context: ListenerContext, request: LeftRequest): Promise<boolean> {
  const isTooOld = context.services.clock.wall() - request.receivedAt > repeatedWithinMs;
  // What was kept is what a listener made.
  const payload = JSON.parse(request.payload);
  const { repeat, tell } = handlers[request.kind];
  return isTooOld ? tell(context, payload, interruptedCard) : repeat(context, payload);
}

const handlers = {
  command: { repeat: repeatCommand, tell: tellOfCommand },
  action: { repeat: repeatAction, tell: tellOfAction },
  form: { repeat: repeatForm, tell: tellOfForm },
};

const interruptedCard: Card = sentenceCard(
  'tminus was stopped while it worked on this, and it may or may not have been done: look before you try again.',
);
