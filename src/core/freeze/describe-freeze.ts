import { listWords } from '../../lib/list-words.ts';
import { describeLocalDate } from '../calendar/describe-local-date.ts';
import { type Line, line } from '../card/line.ts';
import { localDate } from '../card/local-date.ts';
import type { Freeze, WeekTime } from './freeze.ts';

export const WEEKDAYS = [
  'Monday',
  'Tuesday',
  'Wednesday',
  'Thursday',
  'Friday',
  'Saturday',
  'Sunday',
] as const;

/** When a freeze holds, for people. */
export function describeTimes({ times, zone }: Freeze): Line {
  switch (times.kind) {
    case 'once':
      return line`${localDate(times.from, zone)} to ${localDate(times.until, zone)}`;
    case 'local':
      return `${dayAndTime(times.from)} to ${dayAndTime(times.until)} (${zone})`;
    case 'weekly':
      return `each week from ${weekTime(times.from)} to ${weekTime(times.until)} (${zone})`;
    case 'days':
      return `${listDays(times.days)} (${zone})`;
    case 'calendar':
      return `the ${times.days.length + times.spans.length} dates of a calendar file (${zone})`;
  }
}

/** For what a freeze is: `all products; hotfix releases excepted`. */
export function describeScope({ products, production, except }: Freeze): string {
  return [
    products === null ? 'all products' : listWords(products),
    ...(production === null ? [] : [`production channels ${listWords(production)}`]),
    ...(except.length === 0 ? [] : [`${listWords(except)} releases excepted`]),
  ].join('; ');
}

function dayAndTime({ date, time }: { date: string; time: string }): string {
  return `${describeLocalDate(date)}, ${time}`;
}

function weekTime({ day, time }: WeekTime): string {
  return `${WEEKDAYS[day - 1]} ${time}`;
}

/** So many are named. */
const namedDays = 6;

function listDays(days: readonly string[]): string {
  const named = days.slice(0, namedDays).map(describeLocalDate);
  const rest = days.length - named.length;
  return listWords(rest > 0 ? [...named, `${rest} more`] : named);
}
