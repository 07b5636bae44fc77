import { describeSpan, durationMs } from '../calendar/duration.ts';
import type { MetricReading } from '../metrics/metric-reading.ts';
import { inUnit, metricRegistry } from '../metrics/metric-registry.ts';
import type { RollbackRule } from '../plan/rollback-schema.ts';
import { readingFreshnessMs } from './evaluate-gate.ts';

/** What a rule makes of one sample. One that is `unknown` is no sample: it triggers nothing, and leaves a gap. */
export interface RuleSample {
  state: 'met' | 'not-met' | 'unknown';
  /** In the metric's unit; null where it isn't known. */
  value: number | null;
  /** What it was held against; null where it isn't known. */
  limit: number | null;
}

/** How long a rule has been met without a break; epoch ms of the wall clock. */
export interface RuleRun {
  since: number;
  /** The last sample. */
  at: number;
  samples: number;
}

/** Longer without a sample is a break. Milliseconds; samples are two seconds apart, fifteen at most. */
export const longestGapMs = 30_000;

/**
 * Judges one sample of a rule at `wall`, epoch ms. `old` is the old version's reading of the same window, for rules that
 * compare. What is stale, of too few requests, or missing is unknown.
 */
export function judgeRule(
  rule: RollbackRule,
  { reading, old, wall }: { reading: MetricReading; old: MetricReading | null; wall: number },
): RuleSample {
  const value = sound(rule, reading, wall);
  const limit = limitOf(rule, old, wall);
  if (value === null || limit === null) return { state: 'unknown', value, limit };
  return { state: value > limit ? 'met' : 'not-met', value, limit };
}

function limitOf(rule: RollbackRule, old: MetricReading | null, wall: number): number | null {
  if (rule.timesOld === undefined) return rule.above ?? null;
  const before = old === null ? null : sound(rule, old, wall);
  // Of nothing, any little is many times as much.
  return before === null || before === 0 ? null : before * rule.timesOld;
}

/** The value in the metric's unit, if it proves something. */
function sound(rule: RollbackRule, reading: MetricReading, wall: number): number | null {
  if (reading.kind !== 'value' || !Number.isFinite(reading.value)) return null;
  if (wall - reading.at > readingFreshnessMs || reading.requests < rule.minRequests) return null;
  return inUnit(rule.metric, reading.value);
}

/** The run after a sample; and whether the rule has now been met for its whole time. */
export function stepRule(
  rule: RollbackRule,
  before: RuleRun | null,
  { state, wall }: { state: RuleSample['state']; wall: number },
): { run: RuleRun | null; isTripped: boolean } {
  if (state === 'not-met') return { run: null, isTripped: false };
  // The next sample says whether the gap has become too long.
  if (state === 'unknown') return { run: before, isTripped: false };
  // A clock that was set back makes a break, too.
  const goesOn = before !== null && wall >= before.at && wall - before.at <= longestGapMs;
  const run = goesOn
    ? { since: before.since, at: wall, samples: before.samples + 1 }
    : { since: wall, at: wall, samples: 1 };
  return { run, isTripped: run.at - run.since >= durationMs(rule.for) };
}

/** `Error rate above 1 % for 5 minutes`; `95th percentile more than 1.2 times that of the old version for 10 minutes`. */
export function describeRule(rule: RollbackRule): string {
  const { title, unitSign } = metricRegistry.get(rule.metric);
  const limit =
    rule.timesOld === undefined
      ? `above ${rule.above} ${unitSign}`
      : `more than ${rule.timesOld} times that of the old version`;
  const span = durationMs(rule.for);
  const time = span === 0 ? 'at once' : `for ${describeSpan(span)}`;
  return `${title} ${limit} ${time}${rule.firstPhaseOnly ? ', in the first phase' : ''}`;
}

/** `33.30 %, above 1 %`: what a sample showed. Null where nothing is known. */
export function describeSample(rule: RollbackRule, { value, limit }: RuleSample): string | null {
  const { unitSign, digits } = metricRegistry.get(rule.metric);
  if (value === null || limit === null) return null;
  return `${value.toFixed(digits)} ${unitSign}, above ${Number(limit.toFixed(digits + 1))} ${unitSign}`;
}
