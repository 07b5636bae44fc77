/** What became of a counter of requests between two scrapes. */
export interface CounterStep {
  key: string;
  before: number;
  value: number;
}

/**
 * Notes when counters of a version that fell are at once back where they were: a process that restarted counts its
 * way up again, and only the instance that answered before is there in one step.
 */
export interface ReturnWatch {
  /** Takes in what a scrape at `at` showed. */
  note(at: number, steps: readonly CounterStep[]): void;
  hasReturnedSince(since: number): boolean;
}

interface Fall {
  /** What those that fell stood at together, before and afterwards. */
  height: number;
  depth: number;
  /** What each of them stands at. */
  values: Map<string, number>;
}

/**
 * A restarted process that had counted no more than `minHeight` requests may be back there in one step: such a fall
 * tells nothing.
 */
export function watchReturn(minHeight: number): ReturnWatch {
  let fall: Fall | undefined;
  let returnedAt = Number.NEGATIVE_INFINITY;
  return {
    note: (at, steps) => {
      if (fall) {
        const before = sum(fall.values.values());
        for (const { key, value } of steps) if (fall.values.has(key)) fall.values.set(key, value);
        const now = sum(fall.values.values());
        if (now >= fall.height) {
          // Most of the way in one step: the last of many steps is a restarted process that has caught up.
          if (now - before >= (fall.height - fall.depth) / 2) returnedAt = at;
          fall = undefined;
        }
      }
      const fallen = steps.filter(({ before, value }) => value < before);
      if (fallen.length === 0) return;
      const height = sum(fallen.map(({ before }) => before));
      if (height <= minHeight) return;
      fall = {
        height,
        depth: sum(fallen.map(({ value }) => value)),
        values: new Map(fallen.map(({ key, value }) => [key, value])),
      };
    },
    hasReturnedSince: (since) => returnedAt >= since,
  };
}

function sum(numbers: Iterable<number>): number {
  let total = 0;
  for (const each of numbers) total += each;
  return total;
}
