/** Nobody is reminded by a person sooner than so long after they last heard of a poll. Milliseconds. */
const leastGapMs = 3_600_000;

/**
 * From when a person may have a voter reminded, epoch ms; `lastHeardAt`: when they were asked, or reminded last. In a short poll the gap is a
 * quarter of its time.
 */
export function remindableFrom(
  lastHeardAt: number,
  { openedAt, closesAt }: { openedAt: number; closesAt: number },
): number {
  return lastHeardAt + Math.min(leastGapMs, Math.round((closesAt - openedAt) / 4));
}
