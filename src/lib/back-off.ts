const longestBaseMs = 60_000;

/** No pause before a next try is longer. Milliseconds. */
export const maxBackOffMs = longestBaseMs * 1.25;

/** Milliseconds before the next try: doubling from 1 s to 60 s, with up to a quarter of jitter. */
export function backOffMs(attempts: number, random: () => number): number {
  const base = Math.min(longestBaseMs, 1_000 * 2 ** Math.max(0, attempts - 1));
  return Math.round(base * (1 + random() / 4));
}
