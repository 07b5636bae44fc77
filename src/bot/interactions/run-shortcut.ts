import { addedMessageSchema, longestEvidence } from '../../core/evidence/added-message.ts';
import { shortenText } from '../../lib/shorten-text.ts';
import type { Ctx } from '../../services/kernel/context.ts';
import { type Answer, answerSentence, type MessageFile, type ReadFile } from './interaction.ts';
import { shortcuts } from './registry.ts';
import { runRequest } from './run-request.ts';

/** A message as a platform handed it over, of whatever length, without characters that nobody sees. */
export interface ShortcutMessage {
  /** See `AddedMessage`. */
  source: string;
  text: string;
  author: string;
  /** Null: the platform gave none. */
  link: string | null;
  /** Epoch ms. */
  writtenAt: number;
  /** The text with its marks and spaces, where that differs. */
  typed?: string;
  files?: readonly MessageFile[];
}

/** Does what a shortcut on a message asks for. What is too long of the message is cut off, visibly. */
export async function runShortcut(request: {
  ctx: Ctx;
  name: string;
  message: ShortcutMessage;
  readFile: ReadFile;
}): Promise<Answer> {
  const { ctx, name, message, readFile } = request;
  const shortcut = shortcuts.find(name);
  if (!shortcut) return outdated;
  const { typed = message.text, files = [] } = message;
  const text = shortenText(message.text.trim(), longestEvidence);
  const author = shortenText(message.author.trim(), 200) || 'somebody';
  const read = addedMessageSchema.safeParse({ ...message, author, text, link: linkOf(message.link) });
  if (!read.success) return unreadable;
  if (text === '') return empty;
  return runRequest(ctx, {}, () => shortcut.run({ ctx, message: read.data, typed, files, readFile }));
}

function linkOf(link: string | null): string | null {
  return link !== null && /^https?:/.test(link) && URL.canParse(link) && link.length <= 2_000 ? link : null;
}

const outdated = answerSentence('This version of tminus no longer has that shortcut. Nothing was done.');
const unreadable = answerSentence('tminus could not read that message, so nothing was added.');
const empty = answerSentence(
  'That message has no words and no files, so there is nothing to add. Nothing was done.',
);
