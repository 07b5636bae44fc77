import { randomUUID } from 'node:crypto';
import type { ActionResult } from '../../control-api.ts';
import type { TeamsShortcutAction } from '../../teams-control-api.ts';
import { ControlRefusal } from '../../workspace/actions/control-refusal.ts';
import type { JsonObject } from '../../workspace/stored.ts';
import { activityBase } from '../app/activity.ts';
import { deliverAct } from '../app/deliver-act.ts';
import { escapeMarkup } from '../app/markup.ts';
import type { TeamsCore } from '../core.ts';
import type { StoredPost } from '../stored.ts';
import { applyTask } from './apply-task.ts';
import { findPerson, findPost } from './find.ts';

/** A person chooses a message extension's action in the menu of a message. */
export async function chooseShortcut(core: TeamsCore, action: TeamsShortcutAction): Promise<ActionResult> {
  const person = findPerson(core, action.person);
  const { conversation, post } = findPost(core, person, action.on);
  const { callbackId: commandId } = action;
  if (!core.options.shortcuts?.some(({ callbackId }) => callbackId === commandId))
    throw new ControlRefusal('invalid_request', `The app has no action ${commandId}.`);
  const rootId = conversation.kind === 'channel' ? (post.rootId ?? post.id) : undefined;
  const activity = {
    ...activityBase(core, { person, place: { conversation, rootId }, id: `f:${randomUUID()}` }),
    type: 'invoke',
    name: 'composeExtension/fetchTask',
    value: {
      commandId,
      commandContext: 'message',
      context: { theme: 'default' },
      messagePayload: messagePayload(core, post),
    },
  };
  const { first, result } = await deliverAct(core, activity, action);
  if (first.status !== 'acknowledged') return result;
  const on = { conversation: conversation.id, postId: post.id };
  return { ...result, ...applyTask(core, { personId: person.id, on, shortcut: commandId }, first.body) };
}

/** The message as the SDK's `MessageActionsPayload` has it. */
function messagePayload({ seed, directory, serviceUrl }: TeamsCore, post: StoredPost): JsonObject {
  const author = directory.person(post.from);
  const page = new URL(serviceUrl()).origin;
  return {
    id: post.id,
    replyToId: post.rootId ?? null,
    messageType: 'message',
    createdDateTime: new Date(Number(post.id)).toISOString(),
    subject: null,
    importance: 'normal',
    linkToMessage: `${page}/?platform=teams#/${encodeURIComponent(post.conversation)}/${post.id}`,
    from: author
      ? { user: { id: author.id, displayName: author.realName, userIdentityType: 'aadUser' } }
      : {
          application: { id: seed.app.id, displayName: seed.app.name, applicationIdentityType: 'bot' },
        },
    body: { contentType: 'html', content: `<div><div>${htmlOf(post, author !== undefined)}</div></div>` },
    // By a link to where it is kept, which opens it for people alone.
    attachments: (post.files ?? []).map(({ id, name }) => ({
      id,
      name,
      contentType: 'reference',
      contentUrl: `https://example.sharepoint.com/sites/team/${encodeURIComponent(name)}`,
    })),
    mentions: [],
    reactions: [],
  };
}

/** What stands in a card is not in the text, in Teams neither; here the notification stands for it. */
function htmlOf({ text, textFormat, summary = '' }: StoredPost, isOfPerson: boolean): string {
  // What people type is kept as markup.
  const isHtml = isOfPerson || textFormat === 'xml';
  const words = text === '' ? escapeMarkup(summary) : isHtml ? text : escapeMarkup(text);
  return words.replaceAll('\n', '<br>');
}
