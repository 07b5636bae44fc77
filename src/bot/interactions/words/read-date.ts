import { isCalendarDate } from '../../../core/calendar/local-time.ts';
import { suggest } from '../../../lib/closest.ts';

const months = [
  ...['january', 'february', 'march', 'april', 'may', 'june'],
  ...['july', 'august', 'september', 'october', 'november', 'december'],
];

/**
 * A date as people type it, `2030-06-18`, `18 June`, `June 18`, `18 June 2030`, as `YYYY-MM-DD`; or what is wrong with
 * it, a sentence. `today`: the date there (YYYY-MM-DD), from which on a date without a year is meant.
 */
export function readDate(words: readonly string[], today: string): string | { wrong: string } {
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

/** A time of day as `HH:MM`, or what is wrong with it. */
export function readTime(text: string): string | { wrong: string } {
  const [, hour = '', minute = ''] = /^(\d{1,2}):(\d{2})$/.exec(text) ?? [];
  if (hour === '' || Number(hour) > 23 || Number(minute) > 59) {
    return { wrong: `"${text}" is not a time of day such as 10:00.` };
  }
  return `${hour.padStart(2, '0')}:${minute}`;
}
