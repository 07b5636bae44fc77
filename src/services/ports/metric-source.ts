import type { MetricReading } from '../../core/metrics/metric-reading.ts';
import type { MetricName } from '../../core/metrics/metric-registry.ts';

export type { MetricReading };

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

/** A query in the language of a source, such as PromQL. */
export interface OwnQuery {
  query: string;
  windowMs: number;
  target: MetricTarget;
}

export type OwnReading =
  | { kind: 'value'; value: number; source: string }
  | Extract<MetricReading, { kind: 'no-data' }>;

/** Measures the health of versions. */
export interface MetricSource {
  /** Never throws: what can't be read is `no-data`. */
  query(query: MetricQuery): Promise<MetricReading>;
  /** Why it can't be read at the moment, as a clause; null when it can. Never throws. A source without it can't tell. */
  checkAccess?(): Promise<string | null>;
  /** The same for a query in a language of its own, if it has one: one number, as the query gives it. */
  ask?(asked: OwnQuery): Promise<OwnReading>;
  /** For a source that collects samples of its own: begins to, without keeping the process alive. */
  start?(): void;
  /** Ends what `start` began; resolves once what is under way is over. */
  stop?(): Promise<void>;
}
