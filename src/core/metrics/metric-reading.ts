/**
 * A reading of one version's health. `no-data` is never health: it neither passes a gate nor fails it.
 * Metric windows are of the wall clock, since the measured world does not follow a release's clock.
 */
export type MetricReading =
  | {
      kind: 'value';
      /** As a source reads it, before `unitsPerReading` of its metric: a ratio from 0 to 1, or milliseconds. */
      value: number;
      /** Requests in the window. */
      requests: number;
      /** Why the value can't be health even below its threshold, as a clause; it can still be a failure. */
      unproven?: string;
      /** When the samples were read, epoch milliseconds of the wall clock. */
      at: number;
      source: string;
    }
  | { kind: 'no-data'; reason: string; source: string };
