import type { InvokeResponse } from 'botbuilder';
import * as z from 'zod';
import type { Card } from '../../../core/card/card.ts';
import { runShortcut, type ShortcutMessage } from '../../interactions/run-shortcut.ts';
import { cleanText, literalLine } from '../../text/literal.ts';
import { plainCard } from '../render/plain.ts';
import { answerInvoke, answerInvokeLate, type InvokeAnswer } from './answer-invoke.ts';
import { answerPrivately } from './answer-privately.ts';
import { sayInDialog } from './invoke-answers.ts';
import { keepAct } from './keep-act.ts';
import { inDialog } from './on-action.ts';
import { plainCode, plainHtml } from './plain-html.ts';
import { readTeamsFile } from './read-teams-file.ts';
import { type Asked, ctxOf, type TeamsContext } from './teams-context.ts';

/** Of an author, in characters. */
const longestName = 200;

/** A shortcut that was chosen in the menu of a message. */
export interface Chosen {
  asked: Asked;
  name: string;
  message: ShortcutMessage;
}

/** Does what a shortcut on a message asks for, and answers in a dialog. */
export function onShortcut(context: TeamsContext, chosen: Chosen): Promise<InvokeResponse> {
  const kept = keepAct(context, { kind: 'shortcut', payload: chosen });
  const working = sayInDialog('Working on it…');
  return answerInvoke(context, { asked: chosen.asked, say, working, kept }, () => run(context, chosen));
}

/** Finishes a shortcut that was kept. True when the person heard what came of it. */
export function repeatShortcut(context: TeamsContext, chosen: Chosen): Promise<boolean> {
  return answerInvokeLate(context, { asked: chosen.asked, say }, () => run(context, chosen));
}

export function tellOfShortcut(context: TeamsContext, { asked }: Chosen, card: Card): Promise<boolean> {
  return answerPrivately(context, asked, card);
}

function say(card: Card): InvokeResponse {
  return sayInDialog(plainCard(card));
}

async function run(context: TeamsContext, { asked, name, message }: Chosen): Promise<InvokeAnswer> {
  const ctx = await ctxOf(context, asked);
  return inDialog(context, await runShortcut({ ctx, name, message, readFile: readTeamsFile }));
}

const named = z.looseObject({ displayName: z.string().nullish() }).nullish();

/** What Teams says of the message; its types are the SDK's `MessageActionsPayload`, and nothing in it is certain. */
const chosenSchema = z.looseObject({
  commandId: z.string(),
  messagePayload: z.looseObject({
    id: z.string(),
    createdDateTime: z.string(),
    linkToMessage: z.string().nullish(),
    body: z.looseObject({ contentType: z.string().nullish(), content: z.string().nullish() }).nullish(),
    from: z.looseObject({ user: named, application: named }).nullish(),
    attachments: z.array(z.looseObject({ name: z.string().nullish() })).nullish(),
  }),
});

/** Null when it is no shortcut on a message. */
export function readChosen(asked: Asked, value: unknown): Chosen | null {
  const read = chosenSchema.safeParse(value);
  if (!read.success) return null;
  const { commandId: name, messagePayload: message } = read.data;
  const { body, from, linkToMessage: link = null } = message;
  const content = body?.content ?? '';
  const words = body?.contentType === 'text' ? content.trim() : plainHtml(content);
  const files = (message.attachments ?? []).flatMap((one) => (one.name ? [`File: ${one.name}`] : []));
  return {
    asked,
    name,
    message: {
      source: `teams:${asked.conversationId.split(';')[0]}:${message.id}`,
      typed: cleanText(body?.contentType === 'text' ? content : plainCode(content)),
      files: (message.attachments ?? []).flatMap((one) => (one.name ? [{ name: one.name, url: null }] : [])),
      text: cleanText([words, ...files].filter((part) => part !== '').join('\n')),
      author: literalLine(from?.user?.displayName ?? from?.application?.displayName ?? 'an app', longestName),
      link,
      writtenAt: Date.parse(message.createdDateTime),
    },
  };
}
