import type { ActionResult, CommandAction } from '../../control-api.ts';
import { postAsApp } from '../app-messages.ts';
import { readContent } from '../content.ts';
import type { Core } from '../core.ts';
import type { Conversation } from '../directory.ts';
import { typedCommand } from '../markup.ts';
import { commandPayload } from '../payloads.ts';
import { SlackRefusal } from '../refusal.ts';
import type { JsonObject, StoredMessage } from '../stored.ts';
import { ControlRefusal, findConversationOf, findPerson } from './control-refusal.ts';
import { deliverAction } from './deliver.ts';

/** A person types a slash command. */
export async function typeCommand(core: Core, action: CommandAction): Promise<ActionResult> {
  const person = findPerson(core, action.person);
  const conversation = findConversationOf(core, person, action.channel);
  const command = core.options.commands.find((each) => each.command === action.command);
  if (!command) {
    const known = core.options.commands.map((each) => each.command).join(', ') || 'none';
    throw new ControlRefusal(
      'invalid_request',
      `${action.command} is not a command of the app. It has: ${known}.`,
    );
  }
  const trigger = core.triggers.create(person.id);
  const responseUrl = core.responseUrls.create({ personId: person.id, channel: conversation.id });
  const payload = commandPayload({
    seed: core.directory.seed,
    person,
    conversation,
    command: command.command,
    text: typedCommand(action.text.trim(), core.directory, command.shouldEscape ?? false),
    responseUrl: responseUrl.url,
    triggerId: trigger.id,
  });
  const request = { kind: 'slash_commands', payload, acceptsResponse: true } as const;
  const { first, result } = await deliverAction(core, request, trigger, action.times);
  try {
    const message = answer(core, conversation, person.id, first.response ?? {});
    if (!message) return result;
    core.responseUrls.remember(responseUrl.id, message.ts);
    return { ...result, message: core.messages.view(message) };
  } catch (error) {
    if (!(error instanceof SlackRefusal)) throw error;
    return { ...result, detail: `The app's answer was refused: ${error.code}` };
  }
}

/** The answer within the acknowledgement: private unless it says `in_channel`. */
function answer(
  core: Core,
  conversation: Conversation,
  personId: string,
  response: JsonObject,
): StoredMessage | null {
  if (!response.text && !response.blocks && !response.attachments) return null;
  const content = readContent(response, core.directory);
  const inChannel = response.response_type === 'in_channel';
  return postAsApp(core, { conversation, content, ...(inChannel ? {} : { onlyFor: personId }) });
}
