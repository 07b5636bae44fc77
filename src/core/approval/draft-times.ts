import { offsetToDays } from '../calendar/duration-patterns.ts';
import { resolveLocalTime } from '../calendar/local-time.ts';
import type { Plan } from '../plan/plan.ts';
import { instantOf, type ScheduleItem } from '../schedule/derive-schedule.ts';
import { goLiveInstant } from '../schedule/resolve-schedule-time.ts';

const hourMs = 3_600_000;

/** Whoever is asked has at least so long, even where the plan asks later: three days, in milliseconds. */
const leastTimeMs = 72 * hourMs;

/** Unless the plan says otherwise (S1 §3.3: the customer communication is drafted at T-14). */
const usualDraftsAt = '-P14D';

/** At this time of day the owners are asked, in the release's zone: when a working day has begun. */
const askTime = '10:00';

/** Who is reminded that a message has not been approved, how long before its instant, and why then. */
export interface DraftReminder {
  to: 'owner' | 'backup' | 'release-manager';
  beforeMs: number;
  why: string;
}

/** In the order in which they come. */
export const DRAFT_REMINDERS: readonly DraftReminder[] = [
  { to: 'owner', beforeMs: 48 * hourMs, why: 'time to rewrite it and have others read it' },
  { to: 'owner', beforeMs: 24 * hourMs, why: 'a working day is left' },
  { to: 'owner', beforeMs: 4 * hourMs, why: 'the same half-day, whatever the zone' },
  { to: 'backup', beforeMs: 3 * hourMs, why: 'the owner has had an hour since the last reminder' },
  { to: 'release-manager', beforeMs: hourMs, why: 'time to approve it, or to decide to leave it out' },
];

/** The instant that reminders count back from: when it is due or expected, else go-live; epoch ms. */
export function approveBy(plan: Plan, item: ScheduleItem): number {
  const instant = instantOf(item);
  return Number.isFinite(instant) ? instant : goLiveInstant(plan);
}

/** When the owner of an item is asked, epoch ms; it may be past, and is at once then. */
export function asksOwnerAt(plan: Plan, item: ScheduleItem): number {
  const days = offsetToDays(plan.communications.draftsAt ?? usualDraftsAt);
  const { date, zone } = plan.goLive;
  const usual = resolveLocalTime(date, days, askTime, zone).instant;
  return Math.min(usual, approveBy(plan, item) - leastTimeMs);
}

/** When each reminder comes, epoch ms, in the order of the table. */
export function remindersAt(plan: Plan, item: ScheduleItem): number[] {
  const by = approveBy(plan, item);
  return DRAFT_REMINDERS.map(({ beforeMs }) => by - beforeMs);
}
