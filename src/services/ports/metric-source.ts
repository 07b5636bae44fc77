import type { MetricName } from '../../core/metrics/metric-registry.ts';

/**
 * A reading of one version's health. `no-data` is never health: it neither passes a gate nor fails it.
 * Metric windows are of the wall clock, since the measured world does not follow a release's clock.
 */
export type MetricReading =
  | {
      kind: 'value';
      value: number;
      /** Requests in the window. */
      requests: number;
      /** When the samples were read, epoch milliseconds of the wall clock. */
      at: number;
      source: string;
    }
  | { kind: 'no-data'; reason: string; source: string };

/** What is measured. */
export interface MetricTarget {
  version: string;
}

export interface MetricQuery {
  metric: MetricName;
  /** How far back it is measured from now. */
  windowMs: number;
  target: MetricTarget;
}

/** Measures the health of versions. */
export interface MetricSource {
  /** Answers in the unit that the registry of metrics gives. Never throws: what can't be read is `no-data`. */
  query(query: MetricQuery): Promise<MetricReading>;
  /** For a source that collects samples of its own: begins to, without keeping the process alive. */
  start?(): void;
  /** Ends what `start` began; resolves once what is under way is over. */
  stop?(): Promise<void>;
}
