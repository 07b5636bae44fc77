/** What was known of a release at one time before its T-0, and whether that T-0 held. */
export interface PastRelease {
  held: boolean;
  /** The items that were late then. */
  late: ReadonlySet<string>;
}

/** How much being late has cost: the log odds of holding T-0 with nothing late, and what each item takes from them. */
interface FittedHistory {
  base: number;
  /** At most 0 each, for the items of which the history tells anything. */
  weights: ReadonlyMap<string, number>;
}

/** How strongly a weight is held at 0: as the variance 2 of a normal prior would. */
const ridge = 0.5;
/** It has long settled by then. */
const sweeps = 60;

/**
 * Logistic regression by coordinate-wise Newton steps: held or not, by what was late. Weights never say that being late
 * helps. One release that held and one that did not are added with nothing late, so that no history gives certainty.
 */
export function fitHistory(history: readonly PastRelease[]): FittedHistory {
  const rows = [
    ...history,
    { held: true, late: new Set<string>() },
    { held: false, late: new Set<string>() },
  ];
  const items = tellingItems(history);
  const weights = new Map(items.map((item) => [item, 0]));
  let base = 0;
  const scores = rows.map(() => 0);
  /** How far one coefficient moves that counts in some of the rows. */
  const step = (
    counted: readonly number[],
    { from, penalty, most }: { from: number; penalty: number; most: number },
  ) => {
    let slope = penalty * from;
    let curvature = penalty + 1e-6;
    for (const index of counted) {
      const chance = logistic(scores[index] ?? 0);
      slope += chance - (rows[index]?.held ? 1 : 0);
      curvature += chance * (1 - chance);
    }
    // At most 2 at once: far out the curve is flat, and Newton's step too long.
    const change = Math.max(-2, Math.min(2, -slope / curvature));
    const to = Math.min(most, from + change);
    for (const index of counted) scores[index] = (scores[index] ?? 0) + to - from;
    return to;
  };
  const everywhere = rows.map((_, index) => index);
  const where = new Map(
    items.map((item) => [item, everywhere.filter((index) => rows[index]?.late.has(item))]),
  );
  for (let sweep = 0; sweep < sweeps; sweep += 1) {
    base = step(everywhere, { from: base, penalty: 0, most: Number.POSITIVE_INFINITY });
    for (const item of items) {
      const moved = step(where.get(item) ?? [], { from: weights.get(item) ?? 0, penalty: ridge, most: 0 });
      weights.set(item, moved);
    }
  }
  return { base, weights };
}

/** Items that were late in some releases and not in others, two at least each: the rest says nothing of what lateness costs. */
function tellingItems(history: readonly PastRelease[]): string[] {
  const items = [...new Set(history.flatMap(({ late }) => [...late]))].sort();
  return items.filter((item) => {
    const count = history.filter(({ late }) => late.has(item)).length;
    return count >= 2 && history.length - count >= 2;
  });
}

/** The chance that T-0 holds while these items are late, 0 to 1. */
export function chanceWith({ base, weights }: FittedHistory, late: Iterable<string>): number {
  let score = base;
  for (const item of late) score += weights.get(item) ?? 0;
  return logistic(score);
}

function logistic(score: number): number {
  return 1 / (1 + Math.exp(-score));
}
