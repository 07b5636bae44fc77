import { resolveLocalTime } from '../../core/calendar/local-time.ts';
import type { FormValues } from '../../core/card/form.ts';

/**
 * The instant that a date and a time of a form name in a zone, epoch ms. Without a time, nine in the morning; without a
 * date, null.
 */
export function instantOfFields(
  { date, time }: Record<'date' | 'time', FormValues[string] | undefined>,
  zone: string,
): number | null {
  return date ? resolveLocalTime(date, 0, time || '09:00', zone).instant : null;
}
