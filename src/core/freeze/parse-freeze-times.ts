import { shortenText } from '../../lib/shorten-text.ts';
import { isCalendarDate } from '../calendar/local-time.ts';
import type { FreezeTimes } from './freeze.ts';
import { parseWeekTime } from './parse-week-time.ts';

export type FreezeTimesReading = { ok: true; times: FreezeTimes } | { ok: false; message: string };

/**
 * From and until as somebody typed them: two dates with times, `2030-12-20 18:00`, or two times of each week,
 * `Friday 16:00`. What is wrong is said in a sentence with the text in it.
 */
export function parseFreezeTimes(from: string, until: string): FreezeTimesReading {
  const week = [parseWeekTime(from), parseWeekTime(until)];
  const moments = [parseMoment(from), parseMoment(until)];
  const wrong = [from, until].find((_, index) => !week[index] && !moments[index]);
  if (wrong !== undefined) {
    return fail(
      `"${shortenText(wrong, 80)}" is neither a date and time such as 2030-12-20 18:00 nor a time of the week such as Friday 16:00.`,
    );
  }
  if (week[0] && week[1]) {
    if (from.trim() === until.trim())
      return fail('That would hold the whole week. Give two different times.');
    return { ok: true, times: { kind: 'weekly', from: week[0], until: week[1] } };
  }
  if (!moments[0] || !moments[1]) return fail('Give two dates, or two times of the week, not one of each.');
  if (textOf(moments[1]) <= textOf(moments[0])) return fail('The end is not after the beginning.');
  return { ok: true, times: { kind: 'local', from: moments[0], until: moments[1] } };
}

export interface Moment {
  date: string;
  time: string;
}

/** `2030-12-20 18:00`; null when it is none. */
export function parseMoment(text: string): Moment | null {
  const [, date = '', hour = '', minute = ''] =
    /^(\d{4}-\d{2}-\d{2})[ T]+(\d{1,2}):(\d{2})$/.exec(text.trim()) ?? [];
  if (!isCalendarDate(date) || Number(hour) > 23 || Number(minute) > 59) return null;
  return { date, time: `${hour.padStart(2, '0')}:${minute}` };
}

function textOf({ date, time }: Moment): string {
  return `${date} ${time}`;
}

function fail(message: string): { ok: false; message: string } {
  return { ok: false, message };
}
