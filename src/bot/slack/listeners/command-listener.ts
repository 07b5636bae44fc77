import type { SlackCommandMiddlewareArgs, SlashCommand } from '@slack/bolt';
import type { Card } from '../../../core/card/card.ts';
import type { Ctx } from '../../../services/kernel/context.ts';
import { sentenceCard } from '../../cards/answers/refusal-card.ts';
import { renderMessage } from '../render/message.ts';
import { answerInTime, doneCard, workingCard } from './answer-in-time.ts';
import { ctxOf, type ListenerContext } from './listener-context.ts';

/** What a command handler gets. It returns the private answer, or null when a window is answer enough. */
export interface CommandCall {
  ctx: Ctx;
  words: string;
  triggerId: string;
}

export type CommandHandler = (call: CommandCall) => Promise<Card | null>;

/** What slash commands do, by name: the answer is private, and given with the acknowledgement. */
export function createCommandListener(
  context: ListenerContext,
  handlers: Readonly<Record<string, CommandHandler>>,
): (args: SlackCommandMiddlewareArgs) => Promise<void> {
  const byName = new Map(Object.entries(handlers));
  return ({ command, ack, respond }) => {
    const handle = byName.get(command.command) ?? unknownCommand(command.command);
    const acknowledge = (card: Card | null) => ack(card ? privateMessage(card) : undefined);
    return answerInTime<Card | null>(
      {
        acknowledge,
        acknowledgeLate: () => acknowledge(workingCard),
        answerLater: async (card) => void (await respond(privateMessage(card ?? doneCard))),
        answerWith: (card) => card,
        log: context.services.log,
      },
      async () => {
        const ctx = await ctxOf(context, identify(command));
        return handle({ ctx, words: command.text ?? '', triggerId: command.trigger_id });
      },
    );
  };
}

/** The workspace's app lists a command that this version does not have. */
function unknownCommand(name: string): CommandHandler {
  return async () => sentenceCard(`tminus has no command ${name}. See /release help.`);
}

function identify(command: SlashCommand) {
  const { user_id: userId, user_name: userName, team_id: teamId, trigger_id: requestId } = command;
  return { userId, userName, teamId, requestId };
}

/** A message that only the person sees who asked. */
export function privateMessage(card: Card) {
  return { response_type: 'ephemeral' as const, replace_original: false, ...renderMessage(card) };
}
