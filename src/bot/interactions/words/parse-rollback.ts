import { isReleaseKey } from './parse-release-key.ts';
import { splitWords } from './split-words.ts';

/** What may be meant by the words after the command; which releases there are decides. */
export interface ParsedRollback {
  /** The words that may be a release's key, each with the reason that is left when it is one. */
  candidates: { releaseKey: string; reason: string }[];
  /** When none of them is a release: the one under way is meant, or the lone key is to be called unknown. */
  otherwise: { releaseKey: string | null; reason: string };
}

/** `web-9.9.9`: nobody writes that alone as a reason. */
const versionShape = /^[a-z][a-z0-9-]*-\d+(\.\d+)+$/i;

/** So many words are looked up at most. */
const maxCandidates = 5;

/**
 * Reads `[release] [what you saw]`. A word such as `p95-latency` has the shape of a key without
 * being one, so it takes a look at the releases to tell the key from the reason.
 */
export function parseRollback(typed: string): ParsedRollback {
  const words = splitWords(typed);
  const candidates = [...new Set(words.filter(isReleaseKey))].slice(0, maxCandidates);
  const [first] = words;
  const lone = words.length === 1 && first !== undefined && versionShape.test(first) ? first : null;
  return {
    candidates: candidates.map((word) => ({
      releaseKey: word.toLowerCase(),
      reason: words.length === 1 ? '' : without(typed, word),
    })),
    otherwise: lone
      ? { releaseKey: lone.toLowerCase(), reason: '' }
      : { releaseKey: null, reason: typed.trim() },
  };
}

/** The text around a word, as it was typed. */
function without(typed: string, word: string): string {
  const [before = '', ...after] = typed.split(word);
  return [before, after.join(word)]
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .join(' ');
}
