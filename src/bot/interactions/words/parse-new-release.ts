import { isCalendarDate } from '../../../core/calendar/local-time.ts';
import { suggest } from '../../../lib/closest.ts';

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

const months = [
  ...['january', 'february', 'march', 'april', 'may', 'june'],
  ...['july', 'august', 'september', 'october', 'november', 'december'],
];

/** `2030-06-18`, `18 June`, `June 18`, `18 June 2030`. */
function readDate(words: readonly string[], today: string): string | { wrong: string } {
  const text = words.join(' ');
  const plain = text.replace(/[,.]/g, ' ').replace(/(\d)(st|nd|rd|th)\b/gi, '$1');
  if (/^\d{4}-\d{2}-\d{2}$/.test(plain)) return checked({ text, iso: plain });
  const [, before, word, after, year] =
    /^(?:(\d{1,2}) )?([a-z]+)(?: (\d{1,2}))?(?: (\d{4}))?$/i.exec(plain.trim().replace(/\s+/g, ' ')) ?? [];
  const day = before ?? after;
  if (word === undefined || day === undefined) return { wrong: `I don't understand the date "${text}".` };
  const month = months.findIndex((each) => word.length >= 3 && each.startsWith(word.toLowerCase())) + 1;
  if (month === 0) {
    const hint = suggest(word.toLowerCase(), months);
    return { wrong: `"${word}" is not a month.${hint === undefined ? '' : ` ${hint}`}` };
  }
  const iso = (of: number) => `${of}-${String(month).padStart(2, '0')}-${day.padStart(2, '0')}`;
  if (year !== undefined) return checked({ text, iso: iso(Number(year)) });
  const thisYear = Number(today.slice(0, 4));
  // 29 February may be years away.
  const found = Array.from({ length: 9 }, (_, years) => iso(thisYear + years)).find(
    (each) => each >= today && isCalendarDate(each),
  );
  return checked({ text, iso: found ?? '' });
}

function checked({ text, iso }: { text: string; iso: string }): string | { wrong: string } {
  return isCalendarDate(iso) ? iso : { wrong: `There is no date "${text}".` };
}

function readTime(text: string): string | { wrong: string } {
  const [, hour = '', minute = ''] = /^(\d{1,2}):(\d{2})$/.exec(text) ?? [];
  if (hour === '' || Number(hour) > 23 || Number(minute) > 59) {
    return { wrong: `"${text}" is not a time of day such as 10:00.` };
  }
  return `${hour.padStart(2, '0')}:${minute}`;
}

function fail(message: string): { ok: false; message: string } {
  return { ok: false, message };
}
