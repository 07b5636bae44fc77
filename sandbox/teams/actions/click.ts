import { randomUUID } from 'node:crypto';
import type { ActionResult } from '../../control-api.ts';
import type { RefreshAction, TeamsClickAction } from '../../teams-control-api.ts';
import { ControlRefusal } from '../../workspace/actions/control-refusal.ts';
import { isObject, objectsOf } from '../../workspace/json.ts';
import type { JsonObject } from '../../workspace/stored.ts';
import { activityBase } from '../app/activity.ts';
import { deliverAct } from '../app/deliver-act.ts';
import { cardType } from '../content.ts';
import type { TeamsCore } from '../core.ts';
import type { Conversation } from '../directory.ts';
import type { TeamsPerson } from '../seed.ts';
import type { StoredPost } from '../stored.ts';
import { applyCardAnswer } from './apply-card-answer.ts';
import { applyTask } from './apply-task.ts';
import { checkInputs, inputValues } from './card-inputs.ts';
import { findPerson, findPost } from './find.ts';
import { findAction } from './find-action.ts';
import { submitDialog } from './submit.ts';

interface Clicked {
  person: TeamsPerson;
  conversation: Conversation;
  post: StoredPost;
}

/** A person presses a button of a card. */
export async function clickAction(core: TeamsCore, action: TeamsClickAction): Promise<ActionResult> {
  const { on, values } = action;
  if ('home' in on) throw new ControlRefusal('not_found', 'The app has no home in Teams.');
  if ('viewId' in on) return submitDialog(core, { ...action, viewId: on.viewId, values: values ?? {} });
  const person = findPerson(core, action.person);
  const clicked = { person, ...findPost(core, person, on) };
  const card = cardOf(core, clicked);
  const found = findAction(card, action.actionId, action.blockId);
  const pressed = action.olderClient && isObject(found.fallback) ? found.fallback : found;
  const inputs = pressed.associatedInputs === 'none' ? {} : inputValues(card, values);
  const errors = checkInputs(card, inputs);
  if (Object.keys(errors).length > 0 && pressed.associatedInputs !== 'none')
    return { status: 'acknowledged', errors };
  const data = { ...(isObject(pressed.data) ? pressed.data : {}), ...inputs };
  if (pressed.type === 'Action.Execute') {
    return execute(core, clicked, { action, trigger: 'manual', pressed: { ...pressed, data } });
  }
  if (pressed.type !== 'Action.Submit')
    throw new ControlRefusal(
      'invalid_request',
      `${String(pressed.type)} is carried out by the client alone.`,
    );
  return submit(core, clicked, action, data);
}

/** A card with a `refresh` comes into the sight of somebody whom it names. */
export async function refreshCard(core: TeamsCore, action: RefreshAction): Promise<ActionResult> {
  const person = findPerson(core, action.person);
  const clicked = { person, ...findPost(core, person, action.on) };
  const { refresh } = everyonesCard(clicked.post);
  if (!isObject(refresh) || !isObject(refresh.action))
    return noRefresh('The card of this message has no refresh.');
  const { userIds } = refresh;
  if (Array.isArray(userIds) && !userIds.some((id) => core.directory.person(String(id)) === person))
    return noRefresh(`The card is not refreshed for ${person.name}.`);
  return execute(core, clicked, { action, trigger: 'automatic', pressed: refresh.action });
}

/** The card may have been edited since it came into somebody's sight: a client then has nothing to ask for. */
function noRefresh(detail: string): ActionResult {
  return { status: 'not-delivered', detail };
}

async function execute(
  core: TeamsCore,
  clicked: Clicked,
  {
    action,
    trigger,
    pressed,
  }: { action: RefreshAction | TeamsClickAction; trigger: 'manual' | 'automatic'; pressed: JsonObject },
): Promise<ActionResult> {
  const { type, id, verb, data = {} } = pressed;
  const value = { action: { type, ...(id === undefined ? {} : { id }), verb, data }, trigger };
  const activity = invoke(core, clicked, 'adaptiveCard/action', value);
  const { first, result } = await deliverAct(core, activity, action);
  if (first.status !== 'acknowledged') return result;
  return { ...result, ...applyCardAnswer(core, clicked, first.body) };
}

/** `Action.Submit`: opens a dialog, or is a message without words. */
async function submit(
  core: TeamsCore,
  clicked: Clicked,
  action: TeamsClickAction,
  data: JsonObject,
): Promise<ActionResult> {
  const { msteams } = data;
  if (isObject(msteams) && msteams.type === 'task/fetch') {
    const activity = invoke(core, clicked, 'task/fetch', { data, context: { theme: 'default' } });
    const { first, result } = await deliverAct(core, activity, action);
    if (first.status !== 'acknowledged') return result;
    const on = { conversation: clicked.conversation.id, postId: clicked.post.id };
    return { ...result, ...applyTask(core, { personId: clicked.person.id, on }, first.body) };
  }
  const back = isObject(msteams) && msteams.type === 'messageBack' ? msteams : undefined;
  const said = back ? { text: back.text, value: back.value } : { value: data };
  const activity = { ...act(core, clicked, randomUUID()), type: 'message', ...said };
  return (await deliverAct(core, activity, action)).result;
}

function invoke(core: TeamsCore, clicked: Clicked, name: string, value: JsonObject): JsonObject {
  return { ...act(core, clicked, `f:${randomUUID()}`), type: 'invoke', name, value };
}

function act(core: TeamsCore, { person, conversation, post }: Clicked, id: string): JsonObject {
  const rootId = conversation.kind === 'channel' ? (post.rootId ?? post.id) : undefined;
  const base = activityBase(core, { person, place: { conversation, rootId }, id });
  return { ...base, replyToId: post.id };
}

/** The card as the person sees it. */
function cardOf(core: TeamsCore, { person, post }: Clicked): JsonObject {
  return core.posts.ownCard(post, person.id)?.card ?? everyonesCard(post);
}

function everyonesCard(post: StoredPost): JsonObject {
  const card = objectsOf(post.attachments).find(({ contentType }) => contentType === cardType)?.content;
  if (!isObject(card)) throw new ControlRefusal('not_found', 'This message has no card.');
  return card;
}
