import { Temporal } from 'temporal-polyfill';
import { resolveLocalTime } from '../calendar/local-time.ts';
import { localDate } from '../calendar/working-days.ts';
import type { Freeze, LocalWindow, WeeklyWindow, WeekTime } from './freeze.ts';

/** One span of a freeze; epoch ms, `until` is the first instant after it. */
export interface Span {
  from: number;
  until: number;
}

/** The span of a freeze that holds at an instant (epoch ms); null: it does not hold then. */
export function spanAt({ times, zone }: Pick<Freeze, 'times' | 'zone'>, at: number): Span | null {
  switch (times.kind) {
    case 'once':
      return within([times], at);
    case 'local':
      return within([localSpan(times, zone)], at);
    case 'weekly':
      return within(weeklySpans(times, zone, at, [-7, 0]), at);
    case 'days':
      return dayAt(times.days, zone, at);
    case 'calendar':
      return dayAt(times.days, zone, at) ?? within(times.spans, at);
  }
}

/** The first span that ends after an instant, whether it has begun or not; null: there is none. */
export function nextSpan(freeze: Pick<Freeze, 'times' | 'zone'>, after: number): Span | null {
  const { times, zone } = freeze;
  const all = spansOf(times, zone, after).filter(({ until }) => until > after);
  return all.toSorted((one, other) => one.from - other.from)[0] ?? null;
}

function spansOf(times: Freeze['times'], zone: string, after: number): Span[] {
  switch (times.kind) {
    case 'once':
      return [{ from: times.from, until: times.until }];
    case 'local':
      return [localSpan(times, zone)];
    case 'weekly':
      return weeklySpans(times, zone, after, [-7, 0, 7]);
    case 'days':
      return times.days.map((day) => daySpan(day, zone));
    case 'calendar':
      return [...times.days.map((day) => daySpan(day, zone)), ...times.spans];
  }
}

function within(spans: readonly Span[], at: number): Span | null {
  const found = spans.find(({ from, until }) => from <= at && at < until);
  return found ? { from: found.from, until: found.until } : null;
}

function localSpan({ from, until }: LocalWindow, zone: string): Span {
  return {
    from: resolveLocalTime(from.date, 0, from.time, zone).instant,
    until: resolveLocalTime(until.date, 0, until.time, zone).instant,
  };
}

/** Those that begin in the week of an instant, or so many days before and after it. */
function weeklySpans(
  { from, until }: WeeklyWindow,
  zone: string,
  at: number,
  shifts: readonly number[],
): Span[] {
  const today = Temporal.PlainDate.from(localDate(at, zone));
  const monday = today.subtract({ days: today.dayOfWeek - 1 });
  const days = daysBetween(from, until);
  return shifts.map((shift) => {
    const first = monday.add({ days: shift + from.day - 1 }).toString();
    return {
      from: resolveLocalTime(first, 0, from.time, zone).instant,
      until: resolveLocalTime(first, days, until.time, zone).instant,
    };
  });
}

/** Calendar days from the day on which it begins to the one on which it ends, 0 to 7. */
function daysBetween(from: WeekTime, until: WeekTime): number {
  const days = (until.day - from.day + 7) % 7;
  return days === 0 && until.time <= from.time ? 7 : days;
}

function dayAt(days: readonly string[], zone: string, at: number): Span | null {
  const day = localDate(at, zone);
  return days.includes(day) ? daySpan(day, zone) : null;
}

/** From the first instant of a date to the first one of the next. */
function daySpan(day: string, zone: string): Span {
  return {
    from: resolveLocalTime(day, 0, '00:00', zone).instant,
    until: resolveLocalTime(day, 1, '00:00', zone).instant,
  };
}
