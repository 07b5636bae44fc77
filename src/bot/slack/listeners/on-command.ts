import type { App, SlashCommand } from '@slack/bolt';
import type { Card } from '../../../core/card.ts';
import type { Ctx } from '../../../services/context.ts';
import { renderMessage } from '../render/message.ts';
import { answerInTime, doneCard, workingCard } from './answer-in-time.ts';
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
    const acknowledge = (card: Card | null) => ack(card ? privateMessage(card) : undefined);
    await answerInTime<Card | null>(
      {
        acknowledge,
        acknowledgeLate: () => acknowledge(workingCard),
        answerLater: async (card) => void (await respond(privateMessage(card ?? doneCard))),
        answerWith: (card) => card,
        log: context.services.log,
      },
      async () => {
        const ctx = ctxOf(context, identify(command));
        return handle({ ctx, words: command.text ?? '', triggerId: command.trigger_id });
      },
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
