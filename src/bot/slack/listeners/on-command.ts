import type { App, SlashCommand } from '@slack/bolt';
import type { Card } from '../../../core/card.ts';
import type { Ctx } from '../../../services/context.ts';
import { renderMessage } from '../render/message.ts';
import { answerInTime } from './answer-in-time.ts';
import { ctxOf, type ListenerContext } from './listener-context.ts';

/** What a command handler gets. It returns the private answer, or null when a window is answer enough. */
export interface CommandCall {
  ctx: Ctx;
  words: string;
  triggerId: string;
}

/** Registers a slash command: the answer is private, and given with the acknowledgement. */
export function onCommand(
  app: App,
  context: ListenerContext,
  name: string,
  handle: (call: CommandCall) => Promise<Card | null>,
): void {
  app.command(name, async ({ command, ack, respond }) => {
    const { log } = context.services;
    const acknowledge = (card: Card | null) => ack(card ? privateMessage(card) : undefined);
    const answerLater = async (card: Card) => void (await respond(privateMessage(card)));
    await answerInTime({ acknowledge, answerLater, log }, () =>
      handle({
        ctx: ctxOf(context, identify(command)),
        words: command.text ?? '',
        triggerId: command.trigger_id,
      }),
    );
  });
}

function identify(command: SlashCommand) {
  const { user_id: userId, user_name: userName, team_id: teamId, trigger_id: actId } = command;
  return { userId, userName, teamId, actId };
}

/** A message that only the person sees who asked. */
export function privateMessage(card: Card) {
  return { response_type: 'ephemeral' as const, replace_original: false, ...renderMessage(card) };
}
