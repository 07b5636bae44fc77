import type { MetricName } from '../../metrics/metric-registry.ts';
import type { Comparator, Grade } from '../../plan/readiness-schema.ts';
import type { RoleName } from '../../plan/roles.ts';

/** An automated check with a limit. */
export interface Gate {
  key: string;
  title: string;
  /** Who sees to it when it does not pass. */
  owner: RoleName;
  comparator: Comparator;
  /** A number in the unit, or a grade; null for one that is yes or no. */
  limit: number | Grade | null;
  /** `%`, `ms`; empty: a number of things. */
  unit: string;
  source: string;
}

/** A gate of a release. */
export interface PlannedGate extends Gate {
  /** How old its result may be, ms. */
  freshnessMs: number;
  /** From where tminus itself takes its results; null: they are sent, or given by hand. */
  measure: GateMeasure | null;
  origin: 'default' | 'changed' | 'added';
}

/** How a gate is measured: by a metric or a query of a configured source. */
export interface GateMeasure {
  source: string;
  metric: MetricName | null;
  query: string | null;
  windowMs: number;
  /** Of a metric: fewer prove nothing. */
  minRequests: number;
  everyMs: number;
}

/** What was measured: a number, a grade, or whether it passed. */
export type GateValue = number | Grade | boolean;
