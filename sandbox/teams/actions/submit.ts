import { randomUUID } from 'node:crypto';
import type { ActionResult, CloseViewAction } from '../../control-api.ts';
import type { TeamsSubmitAction } from '../../teams-control-api.ts';
import { ControlRefusal } from '../../workspace/actions/control-refusal.ts';
import { isObject } from '../../workspace/json.ts';
import { activityBase } from '../app/activity.ts';
import { deliverAct } from '../app/deliver-act.ts';
import { actionsOf } from '../cards/read-card.ts';
import type { TeamsCore } from '../core.ts';
import type { StoredDialog } from '../stored.ts';
import { applyTask } from './apply-task.ts';
import { checkInputs, inputValues } from './card-inputs.ts';
import { findConversation, findPerson } from './find.ts';
import { findAction } from './find-action.ts';

/** A person submits the dialog that is open before them. */
export async function submitDialog(core: TeamsCore, action: TeamsSubmitAction): Promise<ActionResult> {
  const person = findPerson(core, action.person);
  const open = openDialog(core, action);
  const button =
    action.actionId === undefined
      ? actionsOf(open.card).find(({ type }) => type === 'Action.Submit')
      : findAction(open.card, action.actionId);
  if (button?.type !== 'Action.Submit')
    throw new ControlRefusal('invalid_request', 'This dialog has no button that submits.');
  const values = inputValues(open.card, action.values);
  const errors = button.associatedInputs === 'none' ? {} : checkInputs(open.card, values);
  if (Object.keys(errors).length > 0) return { status: 'acknowledged', errors };
  const conversation = findConversation(core, open.on.conversation);
  const post = core.posts.find(conversation.id, open.on.postId);
  const rootId = conversation.kind === 'channel' ? (post?.rootId ?? open.on.postId) : undefined;
  const activity = {
    ...activityBase(core, { person, place: { conversation, rootId }, id: `f:${randomUUID()}` }),
    type: 'invoke',
    ...(open.shortcut === undefined
      ? { name: 'task/submit', replyToId: open.on.postId }
      : { name: 'composeExtension/submitAction' }),
    value: {
      ...(open.shortcut === undefined ? {} : { commandId: open.shortcut, commandContext: 'message' }),
      data: { ...(isObject(button.data) ? button.data : {}), ...values },
      context: { theme: 'default' },
    },
  };
  const { first, result } = await deliverAct(core, activity, action);
  if (first.status !== 'acknowledged') return result;
  const still = core.dialogs.openBefore(person.id);
  const { personId, on, shortcut } = open;
  const opened = { personId, on, ...(shortcut === undefined ? {} : { shortcut }) };
  return { ...result, ...applyTask(core, { ...opened, ...(still ? { open: still } : {}) }, first.body) };
}

/** A person closes the dialog by its cross. Teams tells the app nothing of it. */
export function closeDialog(core: TeamsCore, action: CloseViewAction): ActionResult {
  findPerson(core, action.person);
  core.dialogs.close(openDialog(core, action));
  return { status: 'acknowledged' };
}

function openDialog(core: TeamsCore, { person, viewId }: { person: string; viewId: string }): StoredDialog {
  const open = core.dialogs.openBefore(person);
  if (open?.id !== viewId) throw new ControlRefusal('not_found', `There is no open dialog ${viewId}.`);
  return open;
}
