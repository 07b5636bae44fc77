import { describeSpan } from '../calendar/duration.ts';
import type { MetricReading } from '../metrics/metric-reading.ts';
import {
  describeReading,
  describeThreshold,
  inUnit,
  type MetricName,
  meetsThreshold,
  metricRegistry,
} from '../metrics/metric-registry.ts';
import type { Plan } from '../plan/plan.ts';

export type Criterion = Plan['rollout']['phases'][number]['criteria'][number];

/** A gate's result. Anything but `pass` blocks; `unknown` is not a failure and never health. */
export interface GateResult {
  metric: MetricName;
  state: 'pass' | 'fail' | 'unknown';
  title: string;
  /** The measured value in the criterion's own unit, such as `0.04 %`; null without data. */
  value: string | null;
  threshold: string;
  /** The result as a person reads it. */
  sentence: string;
  source: string;
  /** Epoch ms, wall; null without data. */
  at: number | null;
  /** The measured value and its limit as figures in the criterion's own unit; left out without data. */
  measure?: GateMeasure | undefined;
  /** The latest readings in that unit, oldest first, the measured one last. */
  history?: { at: number; reading: number }[] | undefined;
  /** What the old version has in this measure, while the new one fails; left out where that is not known. */
  oldVersion?: string | undefined;
  /** Since when it has been in its state; epoch ms of the release's clock. */
  since?: number | undefined;
}

interface GateMeasure {
  reading: number;
  below: number;
}

/** Older than this, a reading is stale and proves nothing. Milliseconds. */
export const readingFreshnessMs = 30_000;

/** Judges one criterion by one reading at `wall` (epoch ms). */
export function evaluateGate(criterion: Criterion, reading: MetricReading, wall: number): GateResult {
  const { title } = metricRegistry.get(criterion.metric);
  const threshold = describeThreshold(criterion);
  const base = { metric: criterion.metric, title, threshold, source: reading.source };
  if (reading.kind === 'no-data') {
    const sentence = `${title}: no data (${reading.reason}), so it can't be called healthy.`;
    return { ...base, state: 'unknown', value: null, sentence, at: null };
  }
  const value = describeReading(criterion, reading.value);
  const measure = { reading: inUnit(criterion.metric, reading.value), below: criterion.below };
  const measured = { ...base, value, at: reading.at, measure };
  if (wall - reading.at > readingFreshnessMs) {
    const sentence = `${title}: the last value is ${describeSpan(wall - reading.at)} old.`;
    return { ...measured, state: 'unknown', sentence };
  }
  if (reading.requests < criterion.minRequests) {
    const sentence = `${title}: only ${reading.requests} of the ${criterion.minRequests} requests needed to judge it.`;
    return { ...measured, state: 'unknown', sentence };
  }
  const passes = meetsThreshold(criterion, reading.value);
  if (passes && reading.unproven !== undefined) {
    const sentence = `${title} is ${value}, but it can't be called healthy (${reading.unproven}).`;
    return { ...measured, state: 'unknown', sentence };
  }
  const sentence = `${title} is ${value}; it must be ${threshold}.`;
  return { ...measured, state: passes ? 'pass' : 'fail', sentence };
}
