import { groupBy } from '../../lib/group-by.ts';
import { shortenAtWord } from '../../lib/shorten-text.ts';
import type { JumpRule } from './find-jump.ts';
import {
  measureWindow,
  noData,
  type Snapshot,
  type VersionTotals,
  type WindowMeasurement,
  type WindowQuery,
} from './measure-window.ts';
import type { MetricsPage } from './read-page.ts';
import type { RequestSample } from './request-series.ts';
import { addIncrease, emptyTotals, freezeTotals, type RequestTotals } from './request-totals.ts';
import { watchProcess } from './watch-process.ts';
import { type ReturnWatch, watchReturn } from './watch-return.ts';

export interface RequestHistory {
  /**
   * Takes in one scrape made at `at` (epoch ms of the wall clock).
   * @throws Error when there are more series, versions, codes or buckets than the history will hold
   */
  record(at: number, page: MetricsPage): void;
  /**
   * What a version's counters gained in the `windowMs` before the last scrape. It says nothing when several instances
   * seem to answer at one address: the counters fell more than once in all that is kept, or fell and were at once back
   * where they were. An increase that is out of all proportion is left out of what was seen to be added.
   */
  measure(query: WindowQuery): WindowMeasurement;
}

export interface RequestHistoryLimits {
  /** How long samples are kept, milliseconds; no window can be longer. */
  retentionMs: number;
  /** Time between two scrapes, milliseconds. */
  intervalMs: number;
  /** Most series, and most versions, that are followed at a time. */
  maxSeries: number;
  maxVersions: number;
  /** Most codes, and most bounds of buckets, of each version. */
  maxCodes: number;
  maxBuckets: number;
  jump: JumpRule;
}

type RunningTotals = VersionTotals<RequestTotals>;

interface TrackedSeries {
  version: string;
  value: number;
  seenAt: number;
  /** When it was lower than before, epoch ms. */
  fellAt: number[];
}

/** So much of a version is said of it, characters. */
const maxVersionLength = 40;

/** A service that restarts once is measured on; one fall more, and nobody knows what the numbers are of. */
const maxFalls = 1;

/**
 * Keeps the request counters of a target over wall time. Increases are added up per series, so that the
 * restart of one instance (its counter falls) does not disturb the others: what a fallen counter shows
 * came since the restart. A series that is new in a version already known began at 0; the first sight of
 * a whole version is a base line, since nobody can say how old its count is.
 */
export function createRequestHistory(limits: RequestHistoryLimits): RequestHistory {
  const series = new Map<string, TrackedSeries>();
  const running = new Map<string, RunningTotals>();
  const processes = watchProcess();
  const returns = new Map<string, ReturnWatch>();
  let snapshots: Snapshot[] = [];

  const clear = (): void => {
    series.clear();
    running.clear();
    processes.clear();
    returns.clear();
    snapshots = [];
  };

  const forgetBefore = (oldest: number): void => {
    const firstKept = snapshots.findIndex((snapshot) => snapshot.at >= oldest);
    snapshots = firstKept < 0 ? [] : snapshots.slice(firstKept);
    for (const [key, tracked] of series) if (tracked.seenAt < oldest) series.delete(key);
    const versions = new Set([...series.values()].map((tracked) => tracked.version));
    for (const version of running.keys()) {
      if (versions.has(version)) continue;
      running.delete(version);
      returns.delete(version);
    }
  };

  const valueBefore = ({ key, version, value }: RequestSample): number =>
    series.get(key)?.value ?? (running.has(version) ? 0 : value);

  /** Adds what a counter gained; what it gained since a restart was not seen to be added. */
  const count = (
    at: number,
    sample: RequestSample,
    facts: { before: number; isWitnessed: boolean },
  ): void => {
    const { key, version, counter, value } = sample;
    const totals = running.get(version) ?? noTotals();
    running.set(version, totals);
    const fell = value < facts.before;
    const increase = fell ? value : value - facts.before;
    addIncrease(totals.all, counter, increase);
    addIncrease(totals.witnessed, counter, facts.isWitnessed ? increase : 0);
    const fellAt = series.get(key)?.fellAt.filter((instant) => instant >= at - limits.retentionMs) ?? [];
    series.set(key, { version, value, seenAt: at, fellAt: fell ? [...fellAt, at] : fellAt });
  };

  const takeIn = (at: number, { samples, processStart }: MetricsPage): Snapshot => {
    const usable = samples.filter(isUsable).map((sample) => ({ sample, before: valueBefore(sample) }));
    const fallen = usable.filter(({ sample, before }) => sample.value < before);
    const restarted = new Set(fallen.map(({ sample }) => sample.version));
    const isOtherProcess = processes.note(at, processStart);
    for (const { sample, before } of usable) {
      count(at, sample, { before, isWitnessed: !isOtherProcess && !restarted.has(sample.version) });
    }
    const counted = usable.filter(({ sample }) => sample.counter.kind === 'requests');
    const versions: Snapshot['versions'] = new Map();
    for (const [version, steps] of groupBy(counted, ({ sample }) => sample.version)) {
      const watch = returns.get(version) ?? watchReturn(limits.jump.requests);
      returns.set(version, watch);
      watch.note(
        at,
        steps.map(({ sample: { key, value }, before }) => ({ key, before, value })),
      );
      versions.set(version, freeze(running.get(version)));
    }
    for (const sample of samples) {
      if (!isUsable(sample)) versions.set(sample.version, whyUnusable(sample));
    }
    return { at, versions };
  };

  /** How often the counters of a version fell in all that is kept: those of the series that fell most. */
  const countFalls = (version: string, since: number): number => {
    const falls = [...series.values()]
      .filter((tracked) => tracked.version === version)
      .map(({ fellAt }) => fellAt.filter((at) => at >= since).length);
    return Math.max(0, processes.changesSince(since), ...falls);
  };

  return {
    record: (at, page) => {
      // A clock that was set back leaves instants that mean nothing any more.
      if (at < (snapshots.at(-1)?.at ?? at)) clear();
      forgetBefore(at - limits.retentionMs);
      refuseTooMany({ samples: page.samples, series, running, limits });
      snapshots.push(takeIn(at, page));
    },
    measure: (query) => {
      const { retentionMs, intervalMs, jump } = limits;
      const since = (snapshots.at(-1)?.at ?? 0) - retentionMs;
      if (countFalls(query.version, since) > maxFalls) return noData(fallsReason(retentionMs));
      if (returns.get(query.version)?.hasReturnedSince(since)) return noData(returnReason);
      return measureWindow({ snapshots, query, retentionMs, intervalMs, jump });
    },
  };
}

const returnReason =
  'the counters fell and were at once back where they had been: several instances answer at this address in turn';

function fallsReason(retentionMs: number): string {
  const minutes = Math.round(retentionMs / 60_000);
  return `the counters fell more than once in ${minutes} minutes: several instances answer at this address in turn, or the service keeps restarting`;
}

function freeze({ all, witnessed }: RunningTotals = noTotals()): VersionTotals {
  return { all: freezeTotals(all), witnessed: freezeTotals(witnessed) };
}

function noTotals(): RunningTotals {
  return { all: emptyTotals(), witnessed: emptyTotals() };
}

function isUsable({ value, counter }: RequestSample): boolean {
  if (counter.kind === 'bucket' && Number.isNaN(counter.upperBound)) return false;
  return Number.isFinite(value) && value >= 0;
}

function whyUnusable({ version, problem }: RequestSample): string {
  return problem ?? `the counters of version ${version} are not numbers`;
}

function refuseTooMany(input: {
  samples: readonly RequestSample[];
  series: ReadonlyMap<string, unknown>;
  running: ReadonlyMap<string, RunningTotals>;
  limits: RequestHistoryLimits;
}): void {
  const { samples, series, running, limits } = input;
  const allSeries = new Set([...series.keys(), ...samples.map((sample) => sample.key)]);
  if (allSeries.size > limits.maxSeries) throw new Error(`more than ${limits.maxSeries} series of requests`);
  const versions = new Set([...running.keys(), ...samples.map((sample) => sample.version)]);
  if (versions.size > limits.maxVersions) throw new Error(`more than ${limits.maxVersions} versions`);
  for (const [version, counted] of groupBy(samples, (sample) => sample.version)) {
    const totals = running.get(version)?.all ?? emptyTotals();
    const codes = new Set(totals.unknown.keys());
    const bounds = new Set(totals.buckets.keys());
    for (const { counter } of counted) {
      if (counter.kind === 'requests') codes.add(counter.code);
      else bounds.add(counter.upperBound);
    }
    const of = `of version ${shortenAtWord(version, maxVersionLength)}`;
    if (codes.size > limits.maxCodes) throw new Error(`more than ${limits.maxCodes} codes ${of}`);
    if (bounds.size > limits.maxBuckets) throw new Error(`more than ${limits.maxBuckets} buckets ${of}`);
  }
}
