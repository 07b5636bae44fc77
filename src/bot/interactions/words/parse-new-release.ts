import { readDate, readTime } from './read-date.ts';

/** `web 2.5.0 on 18 June at 10:00 "Two-step checkout"`, read; what was not typed is null. */
export type ParsedNewRelease =
  | {
      ok: true;
      product: string;
      version: string;
      /** YYYY-MM-DD */
      date: string | null;
      /** HH:MM */
      time: string | null;
      summary: string | null;
    }
  | { ok: false; message: string };

const longest = 2_000;

/** Reads a release on one line. `today`: the date there (YYYY-MM-DD), from which on a date without a year is meant. */
export function parseNewRelease(typed: string, today: string): ParsedNewRelease {
  const text = typed.slice(0, longest).replace(/[“”„]/g, '"');
  const summary = /"([^"]*)"/.exec(text)?.[1]?.trim() || null;
  const words = text
    .replace(/"[^"]*"/, ' ')
    .trim()
    .split(/\s+/)
    .filter(Boolean);
  const on = words.findIndex((word) => word.toLowerCase() === 'on');
  const at = words.findIndex((word, index) => index > on && word.toLowerCase() === 'at');
  const end = Math.min(...[on, at].filter((index) => index >= 0), words.length);
  const [version, ...rest] = words.slice(0, end).reverse();
  const product = rest.reverse().join(' ');
  if (version === undefined || product === '') {
    return fail(`"${words.slice(0, end).join(' ')}" is not a product with a version.`);
  }
  if (!/\d/.test(version)) return fail(`"${version}" is not a version: it has no digit.`);
  const date = on < 0 ? null : readDate(words.slice(on + 1, at < 0 ? undefined : at), today);
  if (date !== null && typeof date === 'object') return fail(date.wrong);
  const time = at < 0 ? null : readTime(words.slice(at + 1).join(' '));
  if (time !== null && typeof time === 'object') return fail(time.wrong);
  return { ok: true, product, version, date, time, summary };
}

function fail(message: string): { ok: false; message: string } {
  return { ok: false, message };
}
