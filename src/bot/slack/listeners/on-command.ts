import type { SlackCommandMiddlewareArgs, SlashCommand } from '@slack/bolt';
import type { Card } from '../../../core/card/card.ts';
import { describeError } from '../../../lib/describe-error.ts';
import { runCommand } from '../../interactions/run-command.ts';
import { commandTyped } from '../render/command-names.ts';
import { renderMessage } from '../render/message.ts';
import { answerPrivately } from './answer-privately.ts';
import { answerLateWithCard, answerWithCard } from './answer-with-card.ts';
import { keepAct } from './keep-act.ts';
import { ctxOf, type ListenerContext } from './listener-context.ts';
import { respondTo } from './respond-to.ts';

type TypedCommand = Pick<
  SlashCommand,
  'command' | 'text' | 'user_id' | 'user_name' | 'team_id' | 'channel_id' | 'trigger_id' | 'response_url'
>;
type Respond = (message: ReturnType<typeof privateMessage>) => Promise<unknown>;

/** Does what a slash command asks for. The answer is private, and given with the acknowledgement. */
export function onCommand(context: ListenerContext) {
  return ({ command: sent, ack, respond }: SlackCommandMiddlewareArgs): Promise<void> => {
    const command = readCommand(context, sent);
    return answerWithCard(
      context,
      {
        triggerId: command.trigger_id,
        acknowledge: (card) => ack(card ? privateMessage(card) : undefined),
        answerLater: (card) => answer(context, { command, respond }, card),
        kept: keepAct(context, { kind: 'command', userId: command.user_id, payload: command }),
      },
      () => run(context, command),
    );
  };
}

/** Finishes a command that was kept. True when the person heard what came of it. */
export function repeatCommand(context: ListenerContext, command: TypedCommand): Promise<boolean> {
  const answerLater = (card: Card) => tellOfCommand(context, command, card);
  return answerLateWithCard(context, { triggerId: command.trigger_id, answerLater }, () =>
    run(context, command),
  );
}

/** Where a command that was kept is told of. */
export function tellOfCommand(context: ListenerContext, command: TypedCommand, card: Card): Promise<boolean> {
  return answer(context, { command, respond: respondTo(command.response_url) }, card);
}

async function run(context: ListenerContext, command: TypedCommand) {
  const ctx = await ctxOf(context, identify(command));
  const name = commandTyped(command.command, context.commandNames);
  return runCommand({ ctx, name, words: command.text ?? '' });
}

/** Where it was typed, for half an hour and wherever that is; else as other private answers. */
async function answer(
  context: ListenerContext,
  { command, respond }: { command: TypedCommand; respond: Respond },
  card: Card,
): Promise<boolean> {
  try {
    await respond(privateMessage(card));
    return true;
  } catch (error) {
    context.services.log.warn(
      { note: describeError(error) },
      'a command could not be answered where it was typed',
    );
    const place = { userId: command.user_id, channelId: command.channel_id };
    return answerPrivately(context, place, card);
  }
}

function readCommand({ services }: ListenerContext, sent: SlashCommand): TypedCommand {
  const { command, text, user_id, user_name, team_id, channel_id, response_url } = sent;
  const trigger_id = sent.trigger_id || services.newId();
  return { command, text, user_id, user_name, team_id, channel_id, trigger_id, response_url };
}

function identify(command: TypedCommand) {
  const { user_id: userId, user_name: userName, team_id: teamId, trigger_id: requestId } = command;
  return { userId, userName, teamId, requestId };
}

/** A message that only the person sees who asked. */
function privateMessage(card: Card) {
  return { response_type: 'ephemeral' as const, replace_original: false, ...renderMessage(card) };
}
