import { isObject } from './json.ts';
import type { SeedGroup } from './seed.ts';
import type { JsonObject } from './stored.ts';

/** Stands for everybody in the list of whom a message notifies. */
const EVERYBODY = '*';

const CONTROL =
  /<(?:!(?:channel|here|everyone|subteam\^([A-Z0-9]+))(?:\|[^>]*)?|@([UW][A-Z0-9]+)(?:\|[^>]*)?)>/g;
const PLAIN_BROADCAST = /(?:^|[^\w@])@(?:channel|here|everyone)\b/i;

/**
 * Whom a message would notify in Slack: person ids, those in a user group too, and `*` for a broadcast. Blocks, where
 * there are any, are what is read; `text` otherwise. `linkNames`: the app asked that plain names be made mentions.
 */
export function notifiedBy(message: {
  text: string;
  blocks?: JsonObject[];
  linkNames?: boolean;
  groups?: readonly SeedGroup[] | undefined;
}): string[] {
  const found = new Set<string>();
  if (message.blocks && message.blocks.length > 0) {
    for (const block of message.blocks) readNode(block, found);
  } else {
    readMarkup(message.text, message.linkNames ?? false, found);
  }
  return [...new Set([...found].flatMap((id) => membersOf(id, message.groups)))];
}

/** The people of a user group; anybody else as they are. */
function membersOf(id: string, groups: readonly SeedGroup[] = []): readonly string[] {
  if (!id.startsWith('S')) return [id];
  return groups.find((group) => group.id === id)?.members ?? [];
}

/** Walks Block Kit: mrkdwn objects and markdown blocks hold markup, rich text holds mention elements. */
function readNode(node: unknown, found: Set<string>): void {
  if (Array.isArray(node)) {
    for (const item of node) readNode(item, found);
    return;
  }
  if (!isObject(node)) return;
  if ((node.type === 'mrkdwn' || node.type === 'markdown') && typeof node.text === 'string') {
    readMarkup(node.text, node.verbatim !== true, found);
    return;
  }
  if (node.type === 'broadcast') found.add(EVERYBODY);
  if (node.type === 'usergroup' && typeof node.usergroup_id === 'string') found.add(node.usergroup_id);
  if (node.type === 'user' && typeof node.user_id === 'string') found.add(node.user_id);
  for (const value of Object.values(node)) readNode(value, found);
}

function readMarkup(text: string, plainNames: boolean, found: Set<string>): void {
  for (const match of text.matchAll(CONTROL)) found.add(match[2] ?? match[1] ?? EVERYBODY);
  if (plainNames && PLAIN_BROADCAST.test(text)) found.add(EVERYBODY);
}
