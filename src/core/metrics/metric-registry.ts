import { createRegistry } from '../../lib/create-registry.ts';

/** A figure of a version's health: all that is said of it anywhere, but for its thresholds, which are a plan's. */
export interface Metric {
  /** As plans name it. */
  readonly name: string;
  readonly title: string;
  /** In the middle of a sentence. */
  readonly shortTitle: string;
  /** The unit of thresholds, as plans name it, and as it is written after a figure. */
  readonly unit: string;
  readonly unitSign: string;
  /** What a source's reading is multiplied by to be in that unit. */
  readonly unitsPerReading: number;
  /** Decimals that are shown. */
  readonly digits: number;
  /** The highest threshold that makes sense, in the unit, and what is said of it where a plan is explained. */
  readonly maxThreshold: number;
  readonly thresholdHint: string;
}

const metrics = [
  {
    name: 'error-rate',
    title: 'Error rate',
    shortTitle: 'error rate',
    unit: 'percent',
    unitSign: '%',
    unitsPerReading: 100,
    digits: 2,
    maxThreshold: 100,
    thresholdHint: 'percent of requests that fail, above 0 and up to 100',
  },
  {
    name: 'latency-p95',
    title: 'Response time (95th percentile)',
    shortTitle: '95th percentile',
    unit: 'ms',
    unitSign: 'ms',
    unitsPerReading: 1,
    digits: 0,
    maxThreshold: 600_000,
    thresholdHint: 'milliseconds, above 0',
  },
] as const satisfies readonly Metric[];

export type MetricName = (typeof metrics)[number]['name'];

/** Every metric; to add one is to add an entry here, and to each source that can measure it. */
export const metricRegistry = createRegistry<Metric & { readonly name: MetricName }>(metrics);

/** A figure that a metric is held against, in the metric's unit. */
interface Threshold {
  metric: MetricName;
  below: number;
}

/** `below 0.1 %` */
export function describeThreshold({ metric, below }: Threshold): string {
  return `below ${below} ${metricRegistry.get(metric).unitSign}`;
}

/** A source's reading in the metric's unit. */
export function inUnit(metric: MetricName, reading: number): number {
  return reading * metricRegistry.get(metric).unitsPerReading;
}

/** Whether a source's reading is below the threshold, which is better for every metric. */
export function meetsThreshold(threshold: Threshold, reading: number): boolean {
  return inUnit(threshold.metric, reading) < threshold.below;
}

/** A reading in its unit. Rounded, but never across the threshold: what passes is shown as passing. */
export function describeReading(threshold: Threshold, reading: number): string {
  const metric = metricRegistry.get(threshold.metric);
  const exact = inUnit(threshold.metric, reading);
  const passes = exact < threshold.below;
  let digits = metric.digits;
  while (digits < 9 && Number(exact.toFixed(digits)) < threshold.below !== passes) digits += 1;
  return `${exact.toFixed(digits)} ${metric.unitSign}`;
}
