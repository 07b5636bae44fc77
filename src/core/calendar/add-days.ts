import { Temporal } from 'temporal-polyfill';

/** The date so many calendar days after another, or before it when negative (both YYYY-MM-DD). */
export function addDays(date: string, days: number): string {
  return Temporal.PlainDate.from(date).add({ days }).toString();
}
