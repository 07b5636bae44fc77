/** So many calls within so many milliseconds. */
interface Limit {
  calls: number;
  withinMs: number;
}

/** What Teams takes of one bot in one conversation. */
const conversationLimits: readonly Limit[] = [
  { calls: 7, withinMs: 1_000 },
  { calls: 8, withinMs: 2_000 },
  { calls: 60, withinMs: 30_000 },
  { calls: 1_800, withinMs: 3_600_000 },
];

/** What it takes of one app in one tenant, by the older and stricter copy of its documentation. */
const tenantLimits: readonly Limit[] = [{ calls: 30, withinMs: 1_000 }];

const longestMs = 3_600_000;
/** So many conversations are counted; what is quiet for an hour is forgotten. */
const forgetAbove = 1_000;

/** Counts the calls of this process, so that it keeps within Teams' limits by itself. */
export interface Budget {
  /** Milliseconds until one more call may be made there; 0: now, and it counts. */
  take(call: { tenantId: string; conversationId: string }, now: number): number;
}

export function createBudget(): Budget {
  const calls = new Map<string, number[]>();
  return {
    take: ({ tenantId, conversationId }, now) => {
      if (calls.size > forgetAbove) forgetQuiet(calls, now);
      const counted = [
        { key: `conversation ${conversationId}`, limits: conversationLimits },
        { key: `tenant ${tenantId}`, limits: tenantLimits },
      ].map(({ key, limits }) => ({ key, limits, made: recent(calls.get(key) ?? [], limits, now) }));
      const waitMs = Math.max(...counted.map(({ made, limits }) => waitOf(made, limits, now)));
      if (waitMs > 0) return waitMs;
      for (const { key, made } of counted) calls.set(key, [...made, now]);
      return 0;
    },
  };
}

function recent(made: readonly number[], limits: readonly Limit[], now: number): number[] {
  const longest = Math.max(...limits.map(({ withinMs }) => withinMs));
  return made.filter((at) => at > now - longest);
}

/** Until the oldest call that is in the way is out of its window. */
function waitOf(made: readonly number[], limits: readonly Limit[], now: number): number {
  const waits = limits.map(({ calls, withinMs }) => {
    const inTheWay = made.at(-calls);
    return inTheWay === undefined ? 0 : inTheWay + withinMs - now;
  });
  return Math.max(0, ...waits);
}

function forgetQuiet(calls: Map<string, number[]>, now: number): void {
  for (const [key, made] of calls) {
    if ((made.at(-1) ?? 0) <= now - longestMs) calls.delete(key);
  }
}
