import type { RequestSample } from './request-series.ts';
import {
  addIncrease,
  copyTotals,
  emptyTotals,
  type RequestIncrease,
  type RequestTotals,
  subtractTotals,
} from './request-totals.ts';

/** One scrape; a version whose numbers made no sense in it is there as `unusable`. */
interface Snapshot {
  at: number;
  versions: Map<string, RequestTotals | 'unusable'>;
}

/** What a window says, or why it says nothing. */
type WindowMeasurement =
  | { kind: 'increase'; increase: RequestIncrease; at: number }
  | { kind: 'no-data'; reason: string };

export interface RequestHistory {
  /**
   * Takes in one scrape made at `at` (epoch ms of the wall clock).
   * @throws Error when there are more series or versions than the history will hold
   */
  record(at: number, samples: readonly RequestSample[]): void;
  /** What a version's counters gained in the `windowMs` before the last scrape. */
  measure(query: { version: string; windowMs: number }): WindowMeasurement;
}

export interface RequestHistoryLimits {
  /** How long samples are kept, milliseconds; no window can be longer. */
  retentionMs: number;
  /** Most series, and most versions, that are followed at a time. */
  maxSeries: number;
  maxVersions: number;
}

interface TrackedSeries {
  version: string;
  value: number;
  seenAt: number;
}

/**
 * Keeps the request counters of a target over wall time. Increases are added up per series, so that the
 * restart of one instance (its counter falls) does not disturb the others: what a fallen counter shows
 * came since the restart. A series that is new in a version already known began at 0; the first sight of
 * a whole version is a base line, since nobody can say how old its count is.
 */
export function createRequestHistory(limits: RequestHistoryLimits): RequestHistory {
  const series = new Map<string, TrackedSeries>();
  const running = new Map<string, RequestTotals>();
  let snapshots: Snapshot[] = [];

  const clear = (): void => {
    series.clear();
    running.clear();
    snapshots = [];
  };

  const forgetBefore = (oldest: number): void => {
    const firstKept = snapshots.findIndex((snapshot) => snapshot.at >= oldest);
    snapshots = firstKept < 0 ? [] : snapshots.slice(firstKept);
    for (const [key, tracked] of series) if (tracked.seenAt < oldest) series.delete(key);
    const versions = new Set([...series.values()].map((tracked) => tracked.version));
    for (const version of running.keys()) if (!versions.has(version)) running.delete(version);
  };

  const takeIn = (at: number, samples: readonly RequestSample[]): Snapshot => {
    const known = new Set(running.keys());
    const counted = new Set<string>();
    const unusable = new Set<string>();
    for (const sample of samples) {
      if (!isUsable(sample)) {
        unusable.add(sample.version);
        continue;
      }
      const totals = running.get(sample.version) ?? emptyTotals();
      running.set(sample.version, totals);
      const before = series.get(sample.key)?.value ?? (known.has(sample.version) ? 0 : sample.value);
      addIncrease(totals, sample.counter, sample.value >= before ? sample.value - before : sample.value);
      series.set(sample.key, { version: sample.version, value: sample.value, seenAt: at });
      if (sample.counter.kind === 'requests') counted.add(sample.version);
    }
    const versions: Snapshot['versions'] = new Map();
    for (const version of counted) versions.set(version, copyTotals(running.get(version) ?? emptyTotals()));
    for (const version of unusable) versions.set(version, 'unusable');
    return { at, versions };
  };

  return {
    record: (at, samples) => {
      // A clock that was set back leaves instants that mean nothing any more.
      if (at < (snapshots.at(-1)?.at ?? at)) clear();
      forgetBefore(at - limits.retentionMs);
      refuseTooMany({ samples, series, running, limits });
      snapshots.push(takeIn(at, samples));
    },
    measure: (query) => measureWindow({ snapshots, ...query, retentionMs: limits.retentionMs }),
  };
}

function isUsable({ value, counter }: RequestSample): boolean {
  if (counter.kind === 'bucket' && Number.isNaN(counter.upperBound)) return false;
  return Number.isFinite(value) && value >= 0;
}

function refuseTooMany(input: {
  samples: readonly RequestSample[];
  series: ReadonlyMap<string, unknown>;
  running: ReadonlyMap<string, unknown>;
  limits: RequestHistoryLimits;
}): void {
  const { samples, series, running, limits } = input;
  const allSeries = new Set([...series.keys(), ...samples.map((sample) => sample.key)]);
  if (allSeries.size > limits.maxSeries) throw new Error(`more than ${limits.maxSeries} series of requests`);
  const versions = new Set([...running.keys(), ...samples.map((sample) => sample.version)]);
  if (versions.size > limits.maxVersions) throw new Error(`more than ${limits.maxVersions} versions`);
}

function measureWindow(input: {
  snapshots: readonly Snapshot[];
  version: string;
  windowMs: number;
  retentionMs: number;
}): WindowMeasurement {
  const { snapshots, version, windowMs, retentionMs } = input;
  const last = snapshots.at(-1);
  const later = last?.versions.get(version);
  if (last === undefined || later === undefined) return noData(`version ${version} is not in the metrics`);
  if (later === 'unusable') return noData(`the counters of version ${version} are not numbers`);
  if (!(windowMs > 0)) return noData('the window must be longer than 0 s');
  if (windowMs > retentionMs) {
    return noData(`a window of ${inSeconds(windowMs)} is longer than the ${inSeconds(retentionMs)} kept`);
  }

  const sound = snapshots.flatMap((snapshot) => {
    const totals = snapshot.versions.get(version);
    return totals === undefined || totals === 'unusable' ? [] : [{ at: snapshot.at, totals }];
  });
  const windowStart = last.at - windowMs;
  const earlier = sound.findLast((snapshot) => snapshot.at <= windowStart);
  if (earlier === undefined) {
    const span = last.at - (sound[0]?.at ?? last.at);
    return noData(`needs ${inSeconds(windowMs)} of samples, has ${inSeconds(span)}`);
  }
  const gapMs = windowStart - earlier.at;
  if (gapMs > allowedGap(windowMs)) {
    return noData(`needs ${inSeconds(windowMs)} of samples, ${inSeconds(gapMs)} before them are missing`);
  }
  return { kind: 'increase', increase: subtractTotals(later, earlier.totals), at: last.at };
}

/** By how much a window may reach further back than asked, for want of a sample at its very start. */
function allowedGap(windowMs: number): number {
  return Math.max(3_000, windowMs / 10);
}

function inSeconds(milliseconds: number): string {
  return `${Math.floor(milliseconds / 1000)} s`;
}

function noData(reason: string): WindowMeasurement {
  return { kind: 'no-data', reason };
}
