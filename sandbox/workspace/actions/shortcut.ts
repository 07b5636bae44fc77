import type { ActionResult, ShortcutAction } from '../../control-api.ts';
import type { Core } from '../core.ts';
import { interactionBase } from '../payloads.ts';
import { slackMessage } from '../slack-message.ts';
import { formatTs, microseconds } from '../timestamps.ts';
import { ControlRefusal, findConversationOf, findPerson } from './control-refusal.ts';
import { deliverAction } from './deliver.ts';

/** A person chooses a shortcut in the menu of a message. */
export async function chooseShortcut(core: Core, action: ShortcutAction): Promise<ActionResult> {
  const person = findPerson(core, action.person);
  const { id, name } = findConversationOf(core, person, action.on.channel);
  const shortcut = core.options.shortcuts?.find(({ callbackId }) => callbackId === action.callbackId);
  if (!shortcut) throw new ControlRefusal('invalid_request', `The app has no shortcut ${action.callbackId}.`);
  const message = core.messages.find(id, action.on.ts);
  // Slack offers none on messages that only one person sees.
  if (!message || message.onlyFor !== undefined)
    throw new ControlRefusal('not_found', `There is no message ${action.on.ts} in ${id} with a menu.`);
  const trigger = core.triggers.create(person.id);
  const { url } = core.responseUrls.create({ personId: person.id, channel: id });
  const payload = {
    type: 'message_action',
    ...interactionBase(core.directory.seed, person),
    action_ts: formatTs(microseconds(core.options.clock.now())),
    callback_id: action.callbackId,
    trigger_id: trigger.id,
    response_url: url,
    message_ts: message.ts,
    channel: { id, name },
    message: slackMessage(message, core, true),
  };
  const request = { kind: 'interactive', payload, acceptsResponse: false } as const;
  return (await deliverAction(core, request, trigger, action.times)).result;
}
