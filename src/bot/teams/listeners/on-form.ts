import type { InvokeResponse } from 'botbuilder';
import type { Card } from '../../../core/card/card.ts';
import type { Form, FormOutcome } from '../../../core/card/form.ts';
import { formCard } from '../../../core/card/form-card.ts';
import { describeError } from '../../../lib/describe-error.ts';
import { endForm } from '../../../services/form/end-form.ts';
import { asSystem } from '../../../services/kernel/context.ts';
import { runForm } from '../../interactions/run-form.ts';
import { doneCard } from '../../requests/answer-in-time.ts';
import { lateOutcome } from '../../requests/late-outcome.ts';
import { isInChannel, readConversationId } from '../client/conversation-id.ts';
import { renderCard } from '../render/card.ts';
import { readValues, renderForm } from '../render/form.ts';
import { plainCard } from '../render/plain.ts';
import { answerInvoke, answerInvokeLate, type InvokeAnswer } from './answer-invoke.ts';
import { answerPrivately } from './answer-privately.ts';
import { closeDialog, replaceCard, sayBelow, sayInDialog, showDialog } from './invoke-answers.ts';
import { keepAct } from './keep-act.ts';
import { type Asked, ctxOf, type TeamsContext } from './teams-context.ts';

/** A form that was submitted, in a dialog or in the message that holds it. */
export interface Submission {
  asked: Asked;
  form: Form;
  /** They went back instead. */
  back: boolean;
  data: Readonly<Record<string, unknown>>;
  place: 'dialog' | 'message';
}

/** Does what a submitted form asks for. What comes of it is shown in its place. */
export function onForm(context: TeamsContext, submission: Submission): Promise<InvokeResponse> {
  const kept = keepAct(context, { kind: 'form', payload: submission });
  const { asked, place } = submission;
  const sayText = place === 'dialog' ? sayInDialog : sayBelow;
  const say = (card: Card) => sayText(plainCard(card));
  return answerInvoke(context, { asked, say, working: sayText('Working on it…'), kept }, async () =>
    toInvokeAnswer(context, submission, await runSubmission(context, submission)),
  );
}

/** Finishes a submission that was kept. True when the person heard what came of it. */
export function repeatForm(context: TeamsContext, submission: Submission): Promise<boolean> {
  const { asked } = submission;
  const say = (card: Card) => sayInDialog(plainCard(card));
  return answerInvokeLate(context, { asked, say }, async () => {
    const outcome = await runSubmission(context, submission);
    return { response: closeDialog, late: lateOutcome(outcome).card };
  });
}

export function tellOfForm(context: TeamsContext, { asked }: Submission, card: Card): Promise<boolean> {
  return answerPrivately(context, asked, card);
}

export async function runSubmission(
  context: TeamsContext,
  { asked, form, back, data }: Omit<Submission, 'place'>,
): Promise<FormOutcome> {
  const ctx = await ctxOf(context, asked);
  const values = readValues(form, data);
  return runForm({ ctx, name: form.name, values, metadata: form.metadata ?? null, back });
}

async function toInvokeAnswer(
  context: TeamsContext,
  { asked, form, data, place }: Submission,
  outcome: FormOutcome,
): Promise<InvokeAnswer> {
  const late = lateOutcome(outcome).card;
  const isDialog = place === 'dialog';
  if (outcome.kind === 'errors') {
    const people = await context.platform.knownPeople();
    const values = readValues(form, data);
    const card = renderForm(form, { people, place, values, errors: outcome.errors });
    return { response: isDialog ? showDialog(form.title, card) : replaceCard(card), late };
  }
  if (outcome.kind === 'next') {
    const { form: following } = outcome;
    const card = renderForm(following, { people: await context.platform.knownPeople(), place });
    if (!isDialog) void showToEverybody(context, asked, formCard(following));
    return { response: isDialog ? showDialog(following.title, card) : replaceCard(card), late };
  }
  const answer = outcome.kind === 'close' ? doneCard : outcome.card;
  // Whoever may not submit it must not take it from those who may.
  if (!isDialog && outcome.kind === 'answer' && outcome.notDone)
    return { response: sayBelow(plainCard(answer)), late };
  if (!isDialog) {
    void showToEverybody(context, asked, answer);
    return { response: replaceCard(renderCard(answer)), late };
  }
  // Above a card of the channel, which shows what has begun, the dialog would only be in the way.
  const isOver = outcome.kind === 'close' || (outcome.follows !== undefined && isAboveChannel(asked));
  return { response: isOver ? closeDialog : showDialog(outcome.title, renderCard(answer)), late };
}

function isAboveChannel({ conversationId }: Asked): boolean {
  return isInChannel(readConversationId(conversationId).channelId);
}

/** So that nobody submits a form again that is in a message. Where it stays, the verb behind it decides. */
async function showToEverybody(
  { platform, services }: TeamsContext,
  asked: Asked,
  card: Card,
): Promise<void> {
  const { conversationId, replyToId: messageId, userId } = asked;
  if (messageId === null) return;
  const { channelId, rootId } = readConversationId(conversationId);
  const message = { channel: 'teams', messageId, channelIds: [conversationId, channelId] };
  await endForm({ ctx: asSystem(services, 'form'), input: message }).catch((error: unknown) =>
    services.log.warn({ part: 'teams', note: describeError(error) }, 'a form stays watched'),
  );
  const destination =
    rootId === null
      ? { channel: 'teams', kind: 'person' as const, id: userId }
      : { channel: 'teams', kind: 'channel' as const, id: channelId };
  const shown = await platform.update({ destination, messageId, channelId: conversationId, card });
  if (shown.result !== 'sent')
    services.log.warn({ part: 'teams', note: shown.result }, 'a form could not be taken out of its message');
}
