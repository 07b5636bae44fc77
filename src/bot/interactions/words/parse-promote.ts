import { type Line, line } from '../../../core/card/line.ts';
import type { PromotionTarget } from '../../../core/rollout/decide-promotion.ts';
import { isQuestion } from './is-question.ts';
import { splitWords } from './split-words.ts';

export type ParsedPromote =
  /**
   * `isQuestion`: it ends with a question mark, so nothing may be done without asking. `isConfirmed`: nothing has to be
   * asked.
   */
  | {
      ok: true;
      releaseKey: string | null;
      target: PromotionTarget;
      isQuestion: boolean;
      isConfirmed: boolean;
    }
  | { ok: false; message: Line };

/** Words that people write around the ones that matter. */
const fillers = ['to', 'at', 'the', 'phase', 'of', 'traffic', 'please'];

/** Stands for the confirmation. Some keyboards make one dash of two. */
const yes = /(^|\s)(?:--|—|–)?yes(?=\s|$)/i;

/** Reads `[release] [to] [next | full | 10%] [--yes]`, the words in any order. What is not understood is named. */
export function parsePromote(asTyped: string): ParsedPromote {
  const isConfirmed = yes.test(asTyped);
  const typed = asTyped.replace(yes, ' ');
  if (/(?:^|\s)(?:to|at)\W*$/i.test(typed)) {
    return {
      ok: false,
      message: line`To what share? The command ends with "${typed.trim().split(/\s+/).at(-1) ?? ''}".`,
    };
  }
  const joined = typed.replace(/(\d)\s*(?:%|percent\b)/gi, '$1% ');
  const words = splitWords(joined).filter((word) => !fillers.includes(word.toLowerCase()));
  let releaseKey: string | null = null;
  let target: PromotionTarget | null = null;
  for (const word of words) {
    const read = readTarget(word);
    if (read === 'no share') return { ok: false, message: line`"${word}" is not a share of traffic.` };
    if (read !== null && target === null) target = read;
    else if (read === null && releaseKey === null) releaseKey = word.toLowerCase();
    else return { ok: false, message: line`I don't understand "${word}".` };
  }
  return { ok: true, releaseKey, target: target ?? 'next', isQuestion: isQuestion(typed), isConfirmed };
}

/** Null for a word that speaks of something else than a target. */
function readTarget(word: string): PromotionTarget | 'no share' | null {
  const lower = word.toLowerCase();
  if (lower === 'next' || lower === 'full') return lower;
  if (!/^[-+]?[\d.,]*\d/.test(lower)) return null;
  const match = /^(\d{1,3}(?:[.,]\d{1,3})?)%?$/.exec(lower);
  const percent = Number(match?.[1]?.replace(',', '.'));
  return percent > 0 && percent <= 100 ? percent : 'no share';
}
