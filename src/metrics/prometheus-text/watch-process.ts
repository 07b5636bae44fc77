/** Some programs work out when they started anew each time, from their uptime; seconds. */
const startTolerance = 2;

/**
 * Notes when a page seems to come from another process than before. A restart does that once; several instances
 * behind one address do it again and again.
 */
export interface ProcessWatch {
  /** Takes in when the process of a scrape at `at` says that it started; true when it is not the one before. */
  note(at: number, processStart: number | null): boolean;
  /** How often it was another one since `since`. One that is older than the one before is no restart, and counts twice. */
  changesSince(since: number): number;
  clear(): void;
}

export function watchProcess(): ProcessWatch {
  let latest: number | null = null;
  let changes: { at: number; weight: number }[] = [];
  return {
    note: (at, processStart) => {
      if (processStart === null) return false;
      const before = latest;
      latest = processStart;
      if (before === null || Math.abs(processStart - before) <= startTolerance) return false;
      changes.push({ at, weight: processStart < before ? 2 : 1 });
      return true;
    },
    changesSince: (since) => {
      changes = changes.filter(({ at }) => at >= since);
      return changes.reduce((total, { weight }) => total + weight, 0);
    },
    clear: () => {
      latest = null;
      changes = [];
    },
  };
}
