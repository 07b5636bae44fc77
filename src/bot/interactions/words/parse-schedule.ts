import { SETBACKS } from '../../../core/schedule/setbacks.ts';
import { parseReleaseKey } from './parse-release-key.ts';
import { splitWords } from './split-words.ts';

const DAY = /^T[-+]\d{1,3}$/i;

/** The release and the part of its schedule that are wanted: `T-7`, or `setbacks`; null: all of it. */
export function parseSchedule(typed: string): { key: string | null; part: string | null } {
  const words = splitWords(typed);
  const isPart = (word: string) => DAY.test(word) || word.toLowerCase() === SETBACKS;
  const part = words.find(isPart);
  const rest = words.filter((word) => !isPart(word)).join(' ');
  return { key: parseReleaseKey(rest), part: part === undefined ? null : normalise(part) };
}

function normalise(part: string): string {
  return DAY.test(part) ? part.toUpperCase() : part.toLowerCase();
}
