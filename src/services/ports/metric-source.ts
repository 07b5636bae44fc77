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

export type MetricName = 'error-rate' | 'latency-p95';

/** Reads metrics of a version: `error-rate` as a ratio 0 to 1, `latency-p95` in milliseconds. */
export interface MetricSource {
  /** Never throws for an unreachable source: that is `no-data` with the reason. */
  read(query: { metric: MetricName; version: string; windowMs: number }): Promise<MetricReading>;
  /** For a source that collects samples of its own: begins to, without keeping the process alive. */
  start?(): void;
  /** Ends what `start` began; resolves once what is under way is over. */
  stop?(): Promise<void>;
}
