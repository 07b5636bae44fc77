import type { SlackCommandMiddlewareArgs, SlashCommand } from '@slack/bolt';
import type { Card } from '../../../core/card/card.ts';
import { runCommand } from '../../interactions/run-command.ts';
import { commandTyped } from '../render/command-names.ts';
import { renderMessage } from '../render/message.ts';
import { answerWithCard } from './answer-with-card.ts';
import { ctxOf, type ListenerContext } from './listener-context.ts';

/** Does what a slash command asks for. The answer is private, and given with the acknowledgement. */
export function onCommand(context: ListenerContext) {
  return ({ command, ack, respond }: SlackCommandMiddlewareArgs): Promise<void> =>
    answerWithCard(
      context,
      {
        triggerId: command.trigger_id,
        acknowledge: (card) => ack(card ? privateMessage(card) : undefined),
        answerLater: async (card) => void (await respond(privateMessage(card))),
      },
      async () => {
        const ctx = await ctxOf(context, identify(command));
        const name = commandTyped(command.command, context.commandNames);
        return runCommand({ ctx, name, words: command.text ?? '' });
      },
    );
}

function identify(command: SlashCommand) {
  const { user_id: userId, user_name: userName, team_id: teamId, trigger_id: requestId } = command;
  return { userId, userName, teamId, requestId };
}

/** A message that only the person sees who asked. */
function privateMessage(card: Card) {
  return { response_type: 'ephemeral' as const, replace_original: false, ...renderMessage(card) };
}
