import type { ActionResult, CloseViewAction, SubmitAction } from '../../control-api.ts';
import { validateView } from '../blocks/validate-view.ts';
import type { Core } from '../core.ts';
import { isObject, objectsOf, stringOf } from '../json.ts';
import { interactionBase } from '../payloads.ts';
import type { JsonObject, StoredView } from '../stored.ts';
import { checkInputs } from './check-inputs.ts';
import { ControlRefusal, findPerson } from './control-refusal.ts';
import { deliverAction, describe } from './deliver.ts';
import { stateValues } from './element-values.ts';

/** A person submits the modal on top. */
export async function submitView(core: Core, action: SubmitAction): Promise<ActionResult> {
  const person = findPerson(core, action.person);
  const open = topView(core, action);
  if (!open.view.submit) throw new ControlRefusal('invalid_request', 'This modal has no submit button.');
  const blocks = objectsOf(open.view.blocks);
  const values = stateValues(blocks, action.values);
  const problems = checkInputs(blocks, values);
  if (Object.keys(problems).length > 0) return { status: 'acknowledged', errors: problems };
  const trigger = core.triggers.create(person.id, open.id);
  const payload = {
    type: 'view_submission',
    ...interactionBase(core.directory.seed, person),
    trigger_id: trigger.id,
    view: core.views.slackView(open, values),
    response_urls: responseUrls(core, person.id, blocks, values),
  };
  const request = { kind: 'interactive', payload, acceptsResponse: true } as const;
  const { first, result } = await deliverAction(core, request, trigger, action.times);
  if (first.status !== 'acknowledged') return result;
  return { ...result, ...applyResponse(core, open, first.response ?? {}) };
}

/** A person closes the modal on top by its cancel button. The app is told when it asked for it. */
export async function closeView(core: Core, action: CloseViewAction): Promise<ActionResult> {
  const person = findPerson(core, action.person);
  const top = topView(core, action);
  const cleared = top.view.clear_on_close === true;
  const closed = cleared ? core.views.clear(person.id) : [top];
  if (!cleared) core.views.close(top);
  const told = closed.filter((each) => each.view.notify_on_close === true);
  const acknowledgements = await Promise.all(
    told.map((each) => {
      const view = core.views.slackView(each);
      const payload = {
        type: 'view_closed',
        ...interactionBase(core.directory.seed, person),
        view,
        is_cleared: cleared,
      };
      return core.delivery.deliver({ kind: 'interactive', payload, acceptsResponse: false });
    }),
  );
  const [first] = acknowledgements;
  return first ? describe(first) : { status: 'acknowledged' };
}

function topView(core: Core, { person, viewId }: { person: string; viewId: string }): StoredView {
  const stack = core.views.stack(person);
  if (!stack.some((view) => view.id === viewId))
    throw new ControlRefusal('not_found', `There is no open modal ${viewId}.`);
  const top = stack.at(-1);
  if (top?.id !== viewId) throw new ControlRefusal('conflict', 'Another modal is on top of this one.');
  return top;
}

/** Does what the app's acknowledgement says; a modal that can't be shown stays as it is. */
function applyResponse(core: Core, open: StoredView, response: JsonObject): Partial<ActionResult> {
  const action = stringOf(response.response_action);
  const current = core.views.find(open.id);
  if (action === 'errors') return readErrors(open, response.errors);
  if (action === 'clear') {
    core.views.clear(open.personId);
    return {};
  }
  if (action === 'update' || action === 'push') return showView(core, current ?? open, action, response.view);
  if (action !== undefined) return { detail: `Unknown response_action: ${action}` };
  if (current) core.views.close(current);
  return {};
}

function readErrors(open: StoredView, errors: unknown): Partial<ActionResult> {
  const inputs = objectsOf(open.view.blocks).filter((block) => block.type === 'input');
  const entries = isObject(errors) ? Object.entries(errors) : [];
  const known = entries.filter(([id]) => inputs.some((block) => block.block_id === id));
  if (known.length === 0 || known.length < entries.length)
    return { detail: 'The errors name no input of this modal.' };
  return { errors: Object.fromEntries(known.map(([id, message]) => [id, String(message)])) };
}

function showView(
  core: Core,
  open: StoredView,
  action: 'update' | 'push',
  view: unknown,
): Partial<ActionResult> {
  const verdict = validateView(view, 'modal');
  if (!verdict.valid) return { detail: `The modal was refused: ${verdict.messages.join('; ')}` };
  if (action === 'push' && core.views.isFull(open.personId)) return { detail: 'push_limit_reached' };
  const shown =
    action === 'push' ? core.views.open(open.personId, verdict.view) : core.views.update(open, verdict.view);
  return { view: core.views.openView(shown) };
}

/** One for each conversation select that asked for it. */
function responseUrls(core: Core, personId: string, blocks: JsonObject[], values: JsonObject): JsonObject[] {
  return blocks.flatMap((block) => {
    const { element } = block;
    if (!isObject(element) || element.response_url_enabled !== true) return [];
    const inBlock = values[String(block.block_id)];
    const value = isObject(inBlock) ? inBlock[String(element.action_id)] : undefined;
    const channel = isObject(value)
      ? (stringOf(value.selected_conversation) ?? stringOf(value.selected_channel))
      : undefined;
    if (!channel) return [];
    const { url } = core.responseUrls.create({ personId, channel });
    return [
      { block_id: block.block_id, action_id: element.action_id, channel_id: channel, response_url: url },
    ];
  });
}
