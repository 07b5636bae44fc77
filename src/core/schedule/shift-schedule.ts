import { describeDate, describeInstant, describeTime } from '../calendar/describe-instant.ts';
import type { ResolvedTime } from '../calendar/local-time.ts';
import { shiftTime } from '../calendar/shift-time.ts';
import { localDate } from '../calendar/working-days.ts';
import type { Plan } from '../plan/plan.ts';
import { shiftRulesFor } from '../plan/shifts-schema.ts';
import { distanceFromGoLive } from './resolve-schedule-time.ts';

/** Why an item is not sent when it was planned. */
export interface ItemShift {
  /** Epoch ms. */
  from: number;
  /** `moved from Sat 15 Jun 2030 to Fri 14 Jun 2030, because of the weekend`. */
  words: string;
}

/** What a shift needs to know of an item, and changes of it. */
interface Shiftable {
  kind: string;
  dueAt: number | null;
  label: string;
  localTime: string;
  clockChange: ResolvedTime['note'];
  audience: string;
  addresses: readonly string[];
  shifted?: ItemShift;
}

/**
 * Shifts the items of a schedule out of quiet hours, weekends and holidays, as their plan says. What happens on the
 * day of go-live stays, and so do events, live cards and polls, whose times people are told. The order stays: an item
 * passes no other. `items`: in the order in which they are due.
 */
export function shiftSchedule<Item extends Shiftable>(plan: Plan, items: readonly Item[]): Item[] {
  const { shifts } = plan;
  if (shifts === undefined) return [...items];
  const fixed = items.filter((item) => !mayShift(plan, item) && item.dueAt !== null);
  let earliest = Number.NEGATIVE_INFINITY;
  return items.map((item) => {
    if (item.dueAt === null) return item;
    if (fixed.includes(item)) {
      fixed.shift();
      earliest = Math.max(earliest, item.dueAt);
      return item;
    }
    const shifted = shiftTime(item.dueAt, plan.goLive.zone, shiftRulesFor(shifts, item));
    // No further than what comes next and stays.
    const latest = fixed[0]?.dueAt ?? Number.POSITIVE_INFINITY;
    const instant = Math.max(earliest, Math.min(latest, shifted.instant));
    earliest = instant;
    if (instant === item.dueAt) return item;
    return moved(plan, item, { ...shifted, from: item.dueAt, isHeld: instant !== shifted.instant, instant });
  });
}

function mayShift(plan: Plan, { kind, dueAt }: Shiftable): boolean {
  return kind === 'message' && dueAt !== null && localDate(dueAt, plan.goLive.zone) !== plan.goLive.date;
}

function moved<Item extends Shiftable>(
  plan: Plan,
  item: Item,
  to: ResolvedTime & { from: number; reasons: readonly string[]; isHeld: boolean },
): Item {
  const { zone } = plan.goLive;
  const why = to.reasons.length > 0 ? `because of ${to.reasons.join(' and ')}` : '';
  const held = to.isHeld ? 'to keep the order of messages' : '';
  const words = `${describeMove(to.from, to.instant, zone)}, ${[why, held].filter(Boolean).join(', ')}`;
  return {
    ...item,
    dueAt: to.instant,
    label: distanceFromGoLive(plan, to.instant),
    localTime: `${describeInstant(to.instant, zone)}, ${words}`,
    clockChange: to.isHeld ? 'exact' : to.note,
    shifted: { from: to.from, words },
  };
}

/** The day, or, within one day, the time. */
function describeMove(from: number, to: number, zone: string): string {
  const isSameDay = describeDate(from, zone) === describeDate(to, zone);
  const describe = isSameDay ? describeTime : describeDate;
  return `moved from ${describe(from, zone)} to ${describe(to, zone)}`;
}
