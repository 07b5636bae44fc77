import { durationMs } from '../../calendar/duration.ts';
import type { GateMeasureOptions } from '../../plan/gate-measure-schema.ts';
import type { Plan } from '../../plan/plan.ts';
import { readinessOptions } from '../../plan/readiness-schema.ts';
import { allGates, isForStakeholders } from './default-gates.ts';
import type { Gate, GateMeasure, PlannedGate } from './gate.ts';

/** The gates of a plan: those for its risk tolerance and stakeholders, with its changes, and what it adds. */
export function deriveGates(plan: Plan): PlannedGate[] {
  const { freshness, gates } = readinessOptions(plan);
  const { include, drop, change: changes, add } = gates;
  const usual = durationMs(freshness);
  const kept = allGates(plan.riskTolerance).filter(
    ({ key }) => !drop.includes(key) && (include.includes(key) || isForStakeholders(key, plan.stakeholders)),
  );
  const changed = (gate: Gate): PlannedGate => {
    const change = changes[gate.key];
    if (change === undefined) return { ...gate, freshnessMs: usual, measure: null, origin: 'default' };
    return {
      ...gate,
      title: change.title ?? gate.title,
      owner: change.owner ?? gate.owner,
      limit: change.limit ?? gate.limit,
      freshnessMs: change.freshness === undefined ? usual : durationMs(change.freshness),
      measure: measureOf(plan, change.measure),
      origin: 'changed',
    };
  };
  const added = add.map(
    ({ freshness: own, limit = null, measure, ...gate }): PlannedGate => ({
      ...gate,
      limit,
      source: 'the plan',
      freshnessMs: own === undefined ? usual : durationMs(own),
      measure: measureOf(plan, measure),
      origin: 'added',
    }),
  );
  return [...kept.map(changed), ...added];
}

function measureOf({ rollout }: Plan, measure: GateMeasureOptions | undefined): GateMeasure | null {
  if (measure === undefined) return null;
  const { source = rollout.metrics, metric = null, query = null, minRequests, window, every } = measure;
  return { source, metric, query, minRequests, windowMs: durationMs(window), everyMs: durationMs(every) };
}
