import type { ActionResult, MessageAction, OpenHomeAction } from '../../control-api.ts';
import { sendEvent, sendMessageEvents } from '../app-events.ts';
import type { Core } from '../core.ts';
import { newId } from '../ids.ts';
import { typedMessage } from '../markup.ts';
import { notifiedBy } from '../notifies.ts';
import { formatTs, microseconds } from '../timestamps.ts';
import { ControlRefusal, findConversationOf, findPerson } from './control-refusal.ts';
import { describe } from './deliver.ts';

/** A person writes a message. */
export async function writeMessage(core: Core, action: MessageAction): Promise<ActionResult> {
  const person = findPerson(core, action.person);
  const conversation = findConversationOf(core, person, action.channel);
  if (conversation.kind === 'channel' && conversation.archived) {
    throw new ControlRefusal('conflict', `#${conversation.name} is archived.`);
  }
  if (action.threadTs !== undefined && !core.messages.find(conversation.id, action.threadTs)) {
    throw new ControlRefusal('not_found', `There is no message ${action.threadTs} to answer.`);
  }
  const { botName, botUserId } = core.directory.seed.app;
  const people = [...core.directory.people, { id: botUserId, name: botName }];
  const text = typedMessage(action.text, { people, channels: core.directory.channels });
  const files = (action.files ?? []).map((file) => ({ ...file, id: newId('F') }));
  if (text.trim() === '' && files.length === 0)
    throw new ControlRefusal('invalid_request', 'The message has neither words nor a file.');
  const message = core.messages.post({
    channel: conversation.id,
    user: person.id,
    fromApp: false,
    text,
    notifies: notifiedBy({ text, groups: core.directory.seed.groups }),
    ...(files.length > 0 ? { files } : {}),
    ...(action.threadTs === undefined ? {} : { threadTs: action.threadTs }),
  });
  const [first] = await Promise.all(sendMessageEvents(core, conversation, 'posted', message));
  return { ...(first ? describe(first) : { status: 'acknowledged' }), message: core.messages.view(message) };
}

/** A person opens the app's home tab. */
export async function openHome(core: Core, action: OpenHomeAction): Promise<ActionResult> {
  const person = findPerson(core, action.person);
  const { direct } = core.directory.openDirect(person.id);
  const home = core.views.home(person.id);
  const told = await sendEvent(core, 'app_home_opened', {
    type: 'app_home_opened',
    user: person.id,
    channel: direct.id,
    tab: 'home',
    event_ts: formatTs(microseconds(core.options.clock.now())),
    ...(home ? { view: core.views.slackView(home) } : {}),
  });
  return told ? describe(told) : { status: 'acknowledged' };
}
