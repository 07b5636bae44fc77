import { addDays } from '../calendar/add-days.ts';
import { resolveLocalTime } from '../calendar/local-time.ts';
import { localDate } from '../calendar/working-days.ts';
import type { Plan } from '../plan/plan.ts';
import { concerns, type Freeze } from './freeze.ts';
import { type Span, spanAt } from './freeze-window.ts';

/** A freeze that holds at some instant. */
export interface HoldingFreeze {
  freeze: Freeze;
  span: Span;
}

type Frozen = Pick<Plan, 'product' | 'production' | 'type'>;

/** The freezes that are for a release and hold at an instant (epoch ms); the one that ends last first. */
export function freezesAt(freezes: readonly Freeze[], plan: Frozen, at: number): HoldingFreeze[] {
  return freezes
    .filter((freeze) => concerns(freeze, plan))
    .flatMap((freeze) => {
      const span = spanAt(freeze, at);
      return span ? [{ freeze, span }] : [];
    })
    .toSorted((one, other) => other.span.until - one.span.until);
}

/** So far ahead a slot is looked for: two years. */
const searchedDays = 2 * 366;
const searchedMs = searchedDays * 86_400_000;

/** The first instant from `at` on (epoch ms) in which no freeze holds for a release; null: none within two years. */
export function nextFreeInstant(freezes: readonly Freeze[], plan: Frozen, at: number): number | null {
  let free = at;
  while (free <= at + searchedMs) {
    const [holding] = freezesAt(freezes, plan, free);
    if (!holding) return free;
    free = holding.span.until;
  }
  return null;
}

/**
 * The first day from a plan's go-live on whose instant at the same local time is in no freeze; null: none within two
 * years.
 */
export function nextFreeGoLive(
  freezes: readonly Freeze[],
  plan: Frozen & Pick<Plan, 'goLive'>,
): { date: string; instant: number } | null {
  const { date: planned, time, zone } = plan.goLive;
  const last = addDays(planned, searchedDays);
  let date = planned;
  while (date <= last) {
    const { instant } = resolveLocalTime(date, 0, time, zone);
    const [holding] = freezesAt(freezes, plan, instant);
    if (!holding) return { date, instant };
    // Every day before the one in which the freeze ends is in it, too.
    const ends = localDate(Math.min(holding.span.until - 1, instant + searchedMs), zone);
    date = ends > date ? ends : addDays(date, 1);
  }
  return null;
}
