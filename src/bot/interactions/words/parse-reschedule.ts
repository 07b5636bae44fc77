import { isQuestion } from './is-question.ts';
import { isReleaseKey } from './parse-release-key.ts';
import { readDate, readTime } from './read-date.ts';
import { splitWords } from './split-words.ts';

/** `web-2.4.0 to 25 June at 14:00 "The provider has a freeze" --yes`, read; what was not typed is null. */
export type ParsedReschedule =
  | {
      ok: true;
      releaseKey: string | null;
      /** YYYY-MM-DD */
      date: string | null;
      /** HH:MM */
      time: string | null;
      reason: string | null;
      /** Nothing has to be shown first. A question never is. */
      isConfirmed: boolean;
    }
  | { ok: false; message: string };

/** More than this nobody types on one line. */
const longest = 4_000;
/** Stands for the confirmation. Some keyboards make one dash of two. */
const yes = /(^|\s)(?:--|—|–)?yes(?=[\s?]|$)/i;
const fillers = ['to', 'on', 'for', 'please'];
const dateShape = /^\d{4}-\d{2}-\d{2}$/;
const timeShape = /^\d{1,2}:\d{2}$/;

/** Reads `[release] [to date] [at time] ["reason"] [--yes]`. `today`: the date there, YYYY-MM-DD. */
export function parseReschedule(typed: string, today: string): ParsedReschedule {
  const text = typed.slice(0, longest).replace(/[“”„]/g, '"');
  const reason = /"([^"]*)"/.exec(text)?.[1]?.trim() || null;
  const plain = text.replace(/"[^"]*"/, ' ');
  const isConfirmed = yes.test(plain) && !isQuestion(text);
  const words = splitWords(plain.replace(yes, ' '));
  const key = keyAmong(words);
  const rest = words.filter((_, index) => index !== key);
  const at = timeAt(rest);
  const dateWords = withoutFillers(at < 0 ? rest : rest.slice(0, at));
  const date = dateWords.length === 0 ? null : readDate(dateWords, today);
  if (date !== null && typeof date === 'object') return { ok: false, message: date.wrong };
  const time = at < 0 ? null : readTime(withoutAt(rest.slice(at)).join(' '));
  if (time !== null && typeof time === 'object') return { ok: false, message: time.wrong };
  return { ok: true, releaseKey: words[key]?.toLowerCase() ?? null, date, time, reason, isConfirmed };
}

/** Where the release is named: by its key, or by a lone word that is no date; -1: nowhere. */
function keyAmong(words: readonly string[]): number {
  const key = words.findIndex((word) => isReleaseKey(word));
  if (key >= 0 || words.length !== 1) return key;
  return dateShape.test(words[0] ?? '') || timeShape.test(words[0] ?? '') ? -1 : 0;
}

/** Where the time of day begins: at `at`, or at what looks like one; -1: nowhere. */
function timeAt(words: readonly string[]): number {
  const at = words.findIndex((word) => word.toLowerCase() === 'at');
  return at >= 0 ? at : words.findIndex((word) => timeShape.test(word));
}

function withoutAt(words: readonly string[]): readonly string[] {
  return words[0]?.toLowerCase() === 'at' ? words.slice(1) : words;
}

function withoutFillers(words: readonly string[]): string[] {
  return words.filter((word) => !fillers.includes(word.toLowerCase()));
}
