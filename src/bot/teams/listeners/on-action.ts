import type { InvokeResponse } from 'botbuilder';
import type { Card } from '../../../core/card/card.ts';
import { formCard } from '../../../core/card/form-card.ts';
import { buttonsOf } from '../../../core/card/offered-buttons.ts';
import { parseJson } from '../../../lib/parse-json.ts';
import type { Ctx } from '../../../services/kernel/context.ts';
import type { Answer } from '../../interactions/interaction.ts';
import { runAction } from '../../interactions/run-action.ts';
import { doneCard } from '../../requests/answer-in-time.ts';
import { readConversationId } from '../client/conversation-id.ts';
import type { PressedButton } from '../render/actions.ts';
import { renderForm } from '../render/form.ts';
import { firstLine, plainCard } from '../render/plain.ts';
import { answerInvoke, answerInvokeLate, type InvokeAnswer } from './answer-invoke.ts';
import { answerPrivately } from './answer-privately.ts';
import {
  longestMessage,
  replaceCard,
  sayBelow,
  sayInDialog,
  sentToChat,
  showDialog,
} from './invoke-answers.ts';
import { keepAct } from './keep-act.ts';
import { type Asked, ctxOf, type TeamsContext } from './teams-context.ts';

/** A button that was pressed, and what Teams wants in return: another card, or a dialog. */
export interface Click {
  asked: Asked;
  pressed: PressedButton;
  wants: 'card' | 'dialog';
}

/**
 * Does what a button asks for. The card shows what came of it, or a sentence below it that only the person sees; what
 * is more than a sentence is posted in their chat.
 */
export function onAction(context: TeamsContext, click: Click): Promise<InvokeResponse> {
  const ways = waysToAnswer(click);
  const kept = keepAct(context, { kind: 'action', payload: click });
  return answerInvoke(context, { ...ways, working: ways.sayText('Working on it…'), kept }, () =>
    run(context, click),
  );
}

/** Finishes a click that was kept. True when the person heard what came of it. */
export function repeatAction(context: TeamsContext, click: Click): Promise<boolean> {
  return answerInvokeLate(context, waysToAnswer(click), () => run(context, click));
}

export function tellOfAction(context: TeamsContext, click: Click, card: Card): Promise<boolean> {
  return answerPrivately(context, click.asked, card);
}

function waysToAnswer({ asked, wants }: Click) {
  const sayText = wants === 'dialog' ? sayInDialog : sayBelow;
  return { asked, sayText, say: (card: Card) => sayText(plainCard(card)) };
}

async function run(context: TeamsContext, click: Click): Promise<InvokeAnswer> {
  const ctx = await ctxOf(context, click.asked);
  const { action: name, value } = click.pressed;
  return toInvokeAnswer(context, { ctx, click }, await runAction({ ctx, name, value: parseJson(value) }));
}

async function toInvokeAnswer(
  context: TeamsContext,
  { ctx, click }: { ctx: Ctx; click: Click },
  answer: Answer,
): Promise<InvokeAnswer> {
  const { say, sayText } = waysToAnswer(click);
  switch (answer.kind) {
    case 'none': {
      const shown = click.wants === 'card' ? await redrawn(context, ctx, click.asked) : null;
      return { response: shown ?? sayText('Done.'), late: doneCard };
    }
    case 'card':
      // A sentence has no buttons, and room for few words: such a card goes to their chat.
      return click.wants === 'card' && isMoreThanSaid(answer.card)
        ? {
            response: sayText(`${firstLine(answer.card)}\n${sentToChat}`),
            post: answer.card,
            late: answer.card,
          }
        : { response: say(answer.card), late: answer.card };
    case 'form': {
      const people = await context.platform.knownPeople();
      const form = renderForm(answer.form, { people, place: click.wants === 'card' ? 'message' : 'dialog' });
      const response = click.wants === 'card' ? replaceCard(form) : showDialog(answer.form.title, form);
      return { response, late: formCard(answer.form) };
    }
  }
}

/** The answer to something that has no card of its own, as a dialog. */
export async function inDialog({ platform }: TeamsContext, answer: Answer): Promise<InvokeAnswer> {
  switch (answer.kind) {
    case 'none':
      return { response: sayInDialog('Done.'), late: doneCard };
    case 'card':
      return { response: sayInDialog(plainCard(answer.card)), late: answer.card };
    case 'form': {
      const form = renderForm(answer.form, { people: await platform.knownPeople(), place: 'dialog' });
      return { response: showDialog(answer.form.title, form), late: formCard(answer.form) };
    }
  }
}

function isMoreThanSaid(card: Card): boolean {
  return buttonsOf(card).length > 0 || plainCard(card).length > longestMessage;
}

/** The live card on which somebody acted, as they see it; null when it was on another message. */
export async function redrawn(
  context: TeamsContext,
  ctx: Pick<Ctx, 'actor'>,
  { conversationId, replyToId }: Asked,
): Promise<InvokeResponse | null> {
  if (replyToId === null || ctx.actor.kind !== 'person') return null;
  const card = await context.drawLiveCard({
    channel: 'teams',
    messageId: replyToId,
    // The first message of a thread is known by its channel, any other by its conversation.
    channelIds: [conversationId, readConversationId(conversationId).channelId],
    reader: ctx.actor.personId,
  });
  return card === null ? null : replaceCard(await context.platform.draw(card));
}
