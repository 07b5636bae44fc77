import { describeDate, describeTime } from '../../../core/calendar/describe-instant.ts';
import type { Release } from '../../../db/queries/load-release.ts';

/** When something happened in a rollout; the date too where it is not that of go-live: a rollout may take days. */
export function describeEventTime({ goLiveAt, plan }: Release, instant: number): string {
  const { zone } = plan.goLive;
  const [date, time] = [describeDate(instant, zone), describeTime(instant, zone)];
  return date === describeDate(goLiveAt, zone) ? time : `${date}, ${time}`;
}
