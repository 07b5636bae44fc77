import { Temporal } from 'temporal-polyfill';

/** The date so many calendar days after another, or before it when negative (both YYYY-MM-DD). */
export function addDays(date: string, days: number): string {
  return Temporal.PlainDate.from(date).add({ days }).toString();
}

/** The calendar days from one date to another (both YYYY-MM-DD), negative when the other is earlier. */
export function daysBetween(from: string, to: string): number {
  return Temporal.PlainDate.from(from).until(Temporal.PlainDate.from(to)).days;
}
