import { describeDate } from './describe-instant.ts';
import { resolveLocalTime } from './local-time.ts';

/** `Tue 18 Jun 2030` for a date (YYYY-MM-DD). */
export function describeLocalDate(date: string): string {
  return describeDate(resolveLocalTime(date, 0, '12:00', 'UTC').instant, 'UTC');
}
