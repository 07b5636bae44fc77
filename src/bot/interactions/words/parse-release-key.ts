import { splitWords } from './split-words.ts';

/** `web-2.4.0`; stands anywhere among the words. */
const keyShape = /^[a-z][a-z0-9]*(-[a-z0-9.]+)+$/i;

/**
 * The release that a command names: the first word that looks like a key, else the first word, of which the
 * answer can say that there is no such release; null when nothing was typed.
 */
export function parseReleaseKey(typed: string): string | null {
  const words = splitWords(typed);
  return (words.find(isReleaseKey) ?? words[0])?.toLowerCase() ?? null;
}

/** Whether a word looks like a release key. */
export function isReleaseKey(word: string): boolean {
  return keyShape.test(word);
}
