import type { Message } from '../../control-api.ts';
import { compareTs } from '../store/messages.ts';
import { unescapeMarkup } from './mrkdwn.ts';
import { partsIn } from './words-in.ts';

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

function wordsOf(message: Message): string {
  const words = partsIn(message).join(' ') || message.text;
  // Parts of a sentence were joined, too.
  return unescapeMarkup(words)
    .replace(/\s+/g, ' ')
    .replace(/ ([.,;:])(?=\s|$)/g, '$1');
}

function excerptOf(text: string, word: string): string {
  const at = Math.max(0, text.toLowerCase().indexOf(word) - 40);
  const part = text.slice(at, at + 160);
  return `${at > 0 ? '…' : ''}${part}${at + 160 < text.length ? '…' : ''}`;
}
