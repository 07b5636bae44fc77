import { isReleaseKey } from './parse-release-key.ts';
import { splitWords } from './split-words.ts';

/**
 * Reads `/rollback [release] [what you saw]`. One word is a release; of several, those beside the key are the
 * reason that the confirmation proposes.
 */
export function parseRollback(typed: string): { releaseKey: string | null; reason: string } {
  const words = splitWords(typed);
  const named = words.find(isReleaseKey) ?? (words.length === 1 ? words[0] : undefined);
  if (named === undefined) return { releaseKey: null, reason: typed.trim() };
  return { releaseKey: named.toLowerCase(), reason: words.length === 1 ? '' : without(typed, named) };
}

/** The text around a word, as it was typed. */
function without(typed: string, word: string): string {
  const [before = '', ...after] = typed.split(word);
  return [before, after.join(word)]
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .join(' ');
}
