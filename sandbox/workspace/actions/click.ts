import type { ActionResult, ClickAction, Person } from '../../control-api.ts';
import { elementsOf } from '../blocks/validate-blocks.ts';
import type { Core } from '../core.ts';
import { objectsOf } from '../json.ts';
import { interactionBase } from '../payloads.ts';
import { slackMessage } from '../slack-message.ts';
import type { JsonObject, StoredHome, StoredMessage, StoredView } from '../stored.ts';
import { formatTs, microseconds } from '../timestamps.ts';
import { ControlRefusal, findConversationOf, findPerson } from './control-refusal.ts';
import { deliverAction } from './deliver.ts';
import { elementValue, stateValues } from './element-values.ts';

type Surface =
  | { kind: 'message'; message: StoredMessage; channel: { id: string; name: string } }
  | { kind: 'view'; open: StoredView }
  | { kind: 'home'; open: StoredHome };

/** A person uses a button, select or other element. */
export async function clickElement(core: Core, action: ClickAction): Promise<ActionResult> {
  const person = findPerson(core, action.person);
  const surface = findSurface(core, person, action);
  const { seed } = core.directory;
  const clicked = makeAction(blocksOf(surface), action, formatTs(microseconds(core.options.clock.now())));
  const trigger = core.triggers.create(person.id, surface.kind === 'view' ? surface.open.id : null);
  const payload = {
    type: 'block_actions',
    ...interactionBase(seed, person),
    trigger_id: trigger.id,
    ...describeSurface(core, person, surface, stateValues(blocksOf(surface), action.values)),
    actions: [clicked],
  };
  const request = { kind: 'interactive', payload, acceptsResponse: false } as const;
  return (await deliverAction(core, request, trigger, action.times)).result;
}

function findSurface(core: Core, person: Person, { on }: ClickAction): Surface {
  if ('home' in on) {
    const open = core.views.home(person.id);
    if (!open) throw new ControlRefusal('not_found', 'The app has not published a home for this person.');
    return { kind: 'home', open };
  }
  if ('viewId' in on) {
    const open = core.views.find(on.viewId);
    if (open?.personId !== person.id)
      throw new ControlRefusal('not_found', `${person.name} has no open modal ${on.viewId}.`);
    return { kind: 'view', open };
  }
  const { id, name } = findConversationOf(core, person, on.channel);
  const message = core.messages.find(id, on.ts);
  if (!message || (message.onlyFor !== undefined && message.onlyFor !== person.id)) {
    throw new ControlRefusal('not_found', `${person.name} sees no message ${on.ts} in ${id}.`);
  }
  return { kind: 'message', message, channel: { id, name } };
}

function blocksOf(surface: Surface): JsonObject[] {
  return surface.kind === 'message' ? (surface.message.blocks ?? []) : objectsOf(surface.open.view.blocks);
}

/** The `actions` entry: the element's identity and what was picked. */
function makeAction(blocks: JsonObject[], action: ClickAction, actionTs: string): JsonObject {
  const found = blocks
    .filter((block) => action.blockId === undefined || block.block_id === action.blockId)
    .flatMap((block) => elementsOf(block).map((element) => ({ block, element })))
    .filter(({ element }) => element.action_id === action.actionId);
  const [only] = found;
  if (!only)
    throw new ControlRefusal('not_found', `There is no element with the action id ${action.actionId} here.`);
  if (found.length > 1) {
    throw new ControlRefusal(
      'invalid_request',
      `Several elements have the action id ${action.actionId}: name the blockId.`,
    );
  }
  const { element, block } = only;
  const picked = elementValue(element, action.selected) ?? {};
  const { options: _options, option_groups: _groups, confirm: _confirm, ...identity } = element;
  return { ...identity, ...picked, block_id: block.block_id, action_ts: actionTs };
}

function describeSurface(core: Core, person: Person, surface: Surface, values: JsonObject): JsonObject {
  if (surface.kind !== 'message') {
    const view = core.views.slackView(surface.open, values);
    return { container: { type: 'view', view_id: surface.open.id }, view };
  }
  const { message, channel } = surface;
  const isPrivate = message.onlyFor !== undefined;
  const { url } = core.responseUrls.create({
    personId: person.id,
    channel: channel.id,
    originalTs: message.ts,
  });
  return {
    container: {
      type: 'message',
      message_ts: message.ts,
      channel_id: channel.id,
      is_ephemeral: isPrivate,
      ...(message.threadTs ? { thread_ts: message.threadTs } : {}),
    },
    channel,
    ...(isPrivate ? {} : { message: slackMessage(message, core, true) }),
    state: { values },
    response_url: url,
  };
}
