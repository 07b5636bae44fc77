import { addDays } from '../calendar/add-days.ts';
import { resolveLocalTime } from '../calendar/local-time.ts';
import { isWeekend, localDate } from '../calendar/working-days.ts';

/** When somebody gets their digest: a local time of day (HH:MM) in their zone, on working days. */
export interface DigestTime {
  time: string;
  zone: string;
}

/** The instant of the first digest after another (epoch ms). */
export function nextDigestAt(after: number, { time, zone }: DigestTime): number {
  for (let date = localDate(after, zone); ; date = addDays(date, 1)) {
    const { instant } = resolveLocalTime(date, 0, time, zone);
    if (instant > after && !isWeekend(date)) return instant;
  }
}

/**
 * Whether a digest is due: after one instant, and no later than another (epoch ms). One that would be later than
 * `lateMs` is left out: the next morning's says it all.
 */
export function isDigestDue(
  { after, now, lateMs }: { after: number; now: number; lateMs: number },
  digest: DigestTime,
): boolean {
  return nextDigestAt(Math.max(after, now - lateMs - 1), digest) <= now;
}
