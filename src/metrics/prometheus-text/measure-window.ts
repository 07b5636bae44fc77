import { type CountedRequests, findJumps, type Jump, type JumpRule } from './find-jump.ts';
import {
  type FrozenTotals,
  type RequestIncrease,
  subtractIncrease,
  subtractTotals,
} from './request-totals.ts';

/** What was counted of a version; frozen in a snapshot. */
export interface VersionTotals<Totals = FrozenTotals> {
  /** With what counters showed after a restart; if it was one, that came since then. */
  all: Totals;
  /** Only what was seen to be added, so that none of it is old, or another instance's. */
  witnessed: Totals;
}

/** One scrape; of a version whose numbers made no sense in it there is the reason, as a clause. */
export interface Snapshot {
  at: number;
  versions: Map<string, VersionTotals | string>;
}

/** What a window says, or why it says nothing. */
export type WindowMeasurement =
  | {
      kind: 'increase';
      all: RequestIncrease;
      /** Without what may be old, or another instance's: that of a restart, or of a jump. */
      witnessed: RequestIncrease;
      /** Why nothing can be called healthy by it, when there was a jump. */
      unproven?: string;
      at: number;
    }
  | { kind: 'no-data'; reason: string };

export interface WindowQuery {
  version: string;
  windowMs: number;
}

/** What a version's counters gained within a window that ends at the last snapshot. */
export function measureWindow(input: {
  snapshots: readonly Snapshot[];
  query: WindowQuery;
  retentionMs: number;
  intervalMs: number;
  jump: JumpRule;
}): WindowMeasurement {
  const { snapshots, query, retentionMs, intervalMs } = input;
  const { version, windowMs } = query;
  const last = snapshots.at(-1);
  const later = last?.versions.get(version);
  if (last === undefined || later === undefined) return noData(`version ${version} is not in the metrics`);
  if (typeof later === 'string') return noData(later);
  if (!(windowMs > 0)) return noData('the window must be longer than 0 s');
  if (windowMs > retentionMs) {
    return noData(`a window of ${inSeconds(windowMs)} is longer than the ${inSeconds(retentionMs)} kept`);
  }

  const sound = soundSnapshots(snapshots, version);
  const windowStart = last.at - windowMs;
  const earlier = sound.findLast((snapshot) => snapshot.at <= windowStart);
  if (earlier === undefined) {
    const span = last.at - (sound[0]?.at ?? last.at);
    return noData(`needs ${inSeconds(windowMs)} of samples, has ${inSeconds(span)}`);
  }
  const gapMs = windowStart - earlier.at;
  if (gapMs > allowedGap(windowMs, intervalMs)) {
    return noData(`needs ${inSeconds(windowMs)} of samples, ${inSeconds(gapMs)} before them are missing`);
  }
  const counted = sound.map(({ at, totals: { witnessed } }) => ({
    at,
    requests: witnessed.requests,
    totals: witnessed,
  }));
  const jumps = findJumps({ counted, since: earlier.at, intervalMs, rule: input.jump });
  const [first] = jumps;
  return {
    kind: 'increase',
    all: subtractTotals(later.all, earlier.totals.all),
    witnessed: jumps.reduce(
      (rest, { before, after }) => subtractIncrease(rest, subtractTotals(after.totals, before.totals)),
      subtractTotals(later.witnessed, earlier.totals.witnessed),
    ),
    ...(first && { unproven: describeJump(first, input.jump) }),
    at: last.at,
  };
}

function soundSnapshots(snapshots: readonly Snapshot[], version: string) {
  return snapshots.flatMap(({ at, versions }) => {
    const totals = versions.get(version);
    return totals === undefined || typeof totals === 'string' ? [] : [{ at, totals }];
  });
}

/** By how much a window may reach further back than asked, for want of a sample at its very start. */
function allowedGap(windowMs: number, intervalMs: number): number {
  return Math.max(3 * intervalMs, windowMs / 10);
}

function describeJump({ before, after }: Jump<CountedRequests>, { times }: JumpRule): string {
  const within = Number(((after.at - before.at) / 1000).toFixed(1));
  return `${after.requests - before.requests} requests were added within ${within} s, more than ${times} times as fast as before: another instance may have answered`;
}

function inSeconds(milliseconds: number): string {
  return `${Math.floor(milliseconds / 1000)} s`;
}

export function noData(reason: string): WindowMeasurement {
  return { kind: 'no-data', reason };
}
