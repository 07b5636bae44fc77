import { textOf } from '../audit/read-details.ts';
import type { TrailEvent } from '../audit/trail-event.ts';
import { localDate } from '../calendar/working-days.ts';

/** A T-0 that a release has had: from when on, until another took its place, and whether it went live on that day. */
interface PlannedGoLive {
  /** Epoch ms. */
  goLiveAt: number;
  since: number;
  /** Infinity: it was the last one. */
  until: number;
  held: boolean;
}

/**
 * Every T-0 of a release, oldest first, by the events of its trail. It held when the release went live by the end of
 * that day in its zone, and had not been given another by then.
 */
export function plannedGoLives(events: readonly TrailEvent[], zone: string): PlannedGoLive[] {
  const dates: { goLiveAt: number; since: number }[] = [];
  let liveAt = Number.POSITIVE_INFINITY;
  for (const { action, at, details } of events) {
    const instant = Date.parse(at);
    const goLiveAt = Date.parse(textOf(action === 'release.created' ? details.goLiveAt : details.to) ?? '');
    const isDate = action === 'release.created' || action === 'release.rescheduled';
    if (isDate && !Number.isNaN(goLiveAt)) dates.push({ goLiveAt, since: instant });
    if (action === 'release.moved' && details.to === 'in_progress') liveAt = Math.min(liveAt, instant);
  }
  return dates.map(({ goLiveAt, since }, index) => {
    const until = dates[index + 1]?.since ?? Number.POSITIVE_INFINITY;
    const isOnDay = Number.isFinite(liveAt) && localDate(liveAt, zone) <= localDate(goLiveAt, zone);
    return { goLiveAt, since, until, held: isOnDay && liveAt < until };
  });
}
