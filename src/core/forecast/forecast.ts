import { chanceWith, fitHistory, type PastRelease } from './fit-history.ts';

/** Below so many earlier releases nothing is said: a guess would look like knowledge. */
export const LEAST_RELEASES = 10;

/** Whether T-0 will hold, as far as the product's own history tells. */
export interface Forecast {
  /** 0 to 1. */
  chance: number;
  /** On how many earlier releases it rests, and how many of those held theirs. */
  releases: number;
  held: number;
  /** The late item that costs most, and the chance without it; null when none costs a point. */
  costliest: { item: string; chanceWithout: number } | null;
}

/** Null: there are too few releases to say. `late`: the items that are late now. */
export function forecastGoLive(history: readonly PastRelease[], late: ReadonlySet<string>): Forecast | null {
  if (history.length < LEAST_RELEASES) return null;
  const fitted = fitHistory(history);
  const chance = chanceWith(fitted, late);
  const without = [...late].map((item) => ({
    item,
    chanceWithout: chanceWith(
      fitted,
      [...late].filter((other) => other !== item),
    ),
  }));
  const [worst] = without.sort((one, other) => other.chanceWithout - one.chanceWithout);
  return {
    chance,
    releases: history.length,
    held: history.filter(({ held }) => held).length,
    costliest: worst !== undefined && worst.chanceWithout - chance >= 0.01 ? worst : null,
  };
}
