import type { GateResult } from './evaluate-gate.ts';

/** So many of the latest readings are kept, and so far apart at least; milliseconds. */
const kept = 8;
const apartMs = 5_000;

/**
 * The gates just read, each with what was kept of the one before: its latest readings and since when it has been in
 * its state. `now` is epoch ms of the release's clock. The newest reading always counts, so that the end of the row is
 * the present value; a reading without a figure adds none.
 */
export function withHistory(
  before: readonly GateResult[],
  gates: readonly GateResult[],
  now: number,
): GateResult[] {
  return gates.map((gate, index) => {
    const previous = before[index]?.metric === gate.metric ? before[index] : undefined;
    const since = previous?.state === gate.state ? (previous.since ?? now) : now;
    return { ...gate, since, history: nextHistory(previous?.history ?? [], gate) };
  });
}

function nextHistory(
  history: NonNullable<GateResult['history']>,
  { measure, at }: GateResult,
): NonNullable<GateResult['history']> {
  if (measure === undefined || at === null) return history;
  // The last entry moves along until it is far enough from the one before it.
  const beforeLast = history.at(-2);
  const isClose = beforeLast !== undefined && (history.at(-1)?.at ?? 0) - beforeLast.at < apartMs;
  const settled = isClose ? history.slice(0, -1) : history;
  return [...settled, { at, reading: measure.reading }].slice(-kept);
}
