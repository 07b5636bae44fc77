import { durationMs } from '../core/calendar/duration.ts';

export const dayMs = 86_400_000;

/** Weeks, days and smaller units, as in `P1W`, `P180D`, `PT36H`: months and years have no fixed length. */
export const longDuration = /^P(?=\d|T\d)(\d{1,5}W)?(\d{1,5}D)?(T(?=\d)(\d{1,6}H)?(\d{1,6}M)?)?$/;

/** In milliseconds. Temporal counts weeks only from a date. */
export function longDurationMs(iso: string): number {
  const weeks = /^P(\d+)W/.exec(iso)?.[1];
  const rest = iso.replace(/^P\d+W/, 'P');
  return Number(weeks ?? 0) * 7 * dayMs + (rest === 'P' ? 0 : durationMs(rest));
}
