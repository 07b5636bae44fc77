import { randomInt } from 'node:crypto';

/** Numbers that look random and are the same again for the same seed. */
export interface SeededRandom {
  readonly seed: number;
  /** At least 0 and below 1. */
  next(): number;
  /** A whole number from 0 up to, and without, `limit`. */
  below(limit: number): number;
}

/** Of `TMINUS_SEED` when it is set, so that a failed run can be done again; else of a new seed. */
export function seededRandom(name: string): SeededRandom {
  const seed = Number(process.env.TMINUS_SEED ?? randomInt(1_000_000));
  console.log(`${name}: TMINUS_SEED=${seed}`);
  let state = seed >>> 0;
  // mulberry32
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  return { seed, next, below: (limit) => Math.floor(next() * limit) };
}
