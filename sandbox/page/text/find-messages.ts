import type { Message } from '../../control-api.ts';
import { compareTs } from '../store/messages.ts';
import { unescapeSlack } from './mrkdwn.ts';

/** How many hits are shown. */
const MOST = 50;

export interface Hit {
  message: Message;
  /** The words around what was found, on one line. */
  excerpt: string;
}

/** Messages that hold every word of a query, newest first; none for an empty query. */
export function findMessages(messages: readonly Message[], query: string): Hit[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return [];
  return messages
    .map((message) => ({ message, text: wordsOf(message) }))
    .filter(({ text }) => words.every((word) => text.toLowerCase().includes(word)))
    .sort((left, right) => compareTs(right.message.ts, left.message.ts))
    .slice(0, MOST)
    .map(({ message, text }) => ({ message, excerpt: excerptOf(text, words[0] ?? '') }));
}

function wordsOf({ text, blocks = [] }: Message): string {
  const words = blocks.flatMap(textsIn).join(' ') || text;
  return unescapeSlack(words).replace(/\s+/g, ' ');
}

/** Every text of a block, whatever its kind: what stands under `text` there, as a string. */
function textsIn(node: unknown): string[] {
  if (typeof node !== 'object' || node === null) return [];
  return Object.entries(node).flatMap(([key, value]) =>
    key === 'text' && typeof value === 'string' ? [value] : textsIn(value),
  );
}

function excerptOf(text: string, word: string): string {
  const at = Math.max(0, text.toLowerCase().indexOf(word) - 40);
  const part = text.slice(at, at + 160);
  return `${at > 0 ? '…' : ''}${part}${at + 160 < text.length ? '…' : ''}`;
}
