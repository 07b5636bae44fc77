import type { Activity, InvokeResponse } from 'botbuilder';
import { recordAbsentHolder } from '../../../services/absence/note-absent-holders.ts';
import { greetPlace } from '../../../services/conversation/greet-place.ts';
import { asSystem, type Services } from '../../../services/kernel/context.ts';
import { identifyPerson } from '../../../services/people/identify-person.ts';
import { recordReachable } from '../../../services/people/record-reachable.ts';
import { OtherWorkspaceError } from '../../requests/ctx-of-request.ts';
import { sayBelow, sayInDialog } from './invoke-answers.ts';
import { noteConversations, readAddition, readRemoval } from './note-conversations.ts';
import { onAction, redrawn } from './on-action.ts';
import { onForm } from './on-form.ts';
import { fileOf, onMessage, textOf } from './on-message.ts';
import { onShortcut, readChosen } from './on-shortcut.ts';
import { type ReadData, readData } from './read-data.ts';
import { type Asked, ctxOf, readAsked, type TeamsContext, tenantOf } from './teams-context.ts';

const outdated = 'This is from an older version of tminus. Use the latest card, or write "help".';

/** Everything that Teams tells the bot. Resolves with the answer to an invoke; undefined: tminus knows no such invoke. */
export async function onActivity(
  context: TeamsContext,
  activity: Activity,
): Promise<InvokeResponse | undefined> {
  const isServed = context.isServed(tenantOf(activity));
  // Of others nothing is stored but that they were refused.
  if (isServed) await noteWhatChanged(context, activity);
  const asked = readAsked(activity);
  if (asked === null) return undefined;
  switch (activity.type) {
    case 'message': {
      const file = fileOf(activity);
      return void (await onMessage(context, {
        ...(file && { file }),
        asked,
        isPersonal: activity.conversation.conversationType === 'personal' || isTargeted(activity),
        text: textOf(activity),
        data: readData(activity.value),
      }));
    }
    case 'invoke':
      return onInvoke(context, asked, activity);
    default:
      return undefined;
  }
}

/** A message in a channel that only its writer and tminus see. The SDK does not know of it. */
function isTargeted({ recipient }: Activity): boolean {
  return (recipient as { isTargeted?: unknown } | undefined)?.isTargeted === true;
}

function onInvoke(context: TeamsContext, asked: Asked, { name, value }: Activity) {
  const { action, data } = (value ?? {}) as { action?: { data?: unknown }; data?: unknown };
  switch (name) {
    case 'adaptiveCard/action':
      return onCardAction(context, asked, readData(action?.data));
    case 'task/fetch':
      return onDialog(context, asked, readData(data), 'action');
    // A dialog that a shortcut opened is submitted under another name.
    case 'task/submit':
    case 'composeExtension/submitAction':
      return onDialog(context, asked, readData(data), 'form');
    case 'composeExtension/fetchTask': {
      const chosen = readChosen(asked, value);
      return chosen ? onShortcut(context, chosen) : Promise.resolve(sayInDialog(outdated));
    }
    default:
      return undefined;
  }
}

async function onCardAction(
  context: TeamsContext,
  asked: Asked,
  read: ReadData | null,
): Promise<InvokeResponse> {
  switch (read?.kind) {
    case 'action':
      return onAction(context, { asked, pressed: read, wants: 'card' });
    case 'form':
      return onForm(context, { asked, form: read.form, back: read.back, data: read.data, place: 'message' });
    case 'refresh':
      return onRefresh(context, asked);
    default:
      return sayBelow(outdated);
  }
}

/** A client that shows a card asks for what its reader is to see of it. */
async function onRefresh(context: TeamsContext, asked: Asked): Promise<InvokeResponse> {
  try {
    return (await redrawn(context, await ctxOf(context, asked), asked)) ?? sayBelow('');
  } catch (error) {
    if (!(error instanceof OtherWorkspaceError)) throw error;
    return sayBelow('This tminus serves another organisation.');
  }
}

async function onDialog(
  context: TeamsContext,
  asked: Asked,
  read: ReadData | null,
  expected: 'action' | 'form',
): Promise<InvokeResponse> {
  if (read?.kind !== expected) return sayInDialog(outdated);
  if (read.kind === 'action') return onAction(context, { asked, pressed: read, wants: 'dialog' });
  return onForm(context, { asked, form: read.form, back: read.back, data: read.data, place: 'dialog' });
}

/** How people and channels are reached, and who can't be reached any more. */
async function noteWhatChanged({ services, store }: TeamsContext, activity: Activity): Promise<void> {
  const removed = readRemoval(activity);
  if (removed === null) {
    await noteConversations(store, activity);
    return welcome(services, activity);
  }
  await store.remove(removed);
  if (removed.kind !== 'person') return;
  const input = { platform: 'teams', id: removed.id };
  await recordAbsentHolder({ ctx: asSystem(services, 'directory'), input });
}

/** Whoever adds the app can be reached from now on, and gets what did not; where it is new, it says what it does. */
async function welcome(services: Services, activity: Activity): Promise<void> {
  const ctx = asSystem(services, 'directory');
  const added = readAddition(activity);
  if (added?.kind === 'person') {
    await recordReachable({ ctx, input: { platform: 'teams', id: added.id } });
  }
  const { from, type } = activity;
  if (type === 'installationUpdate' && from?.aadObjectId) {
    const { aadObjectId: id, name } = from;
    await identifyPerson(services, { platform: 'teams', id }, name || id);
  }
  if (added) await greetPlace({ ctx, input: { platform: 'teams', ...added } });
}
