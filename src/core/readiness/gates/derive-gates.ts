import { durationMs } from '../../calendar/duration.ts';
import type { Plan } from '../../plan/plan.ts';
import { readinessOptions } from '../../plan/readiness-schema.ts';
import { allGates, isForStakeholders } from './default-gates.ts';
import type { Gate, PlannedGate } from './gate.ts';

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
    if (change === undefined) return { ...gate, freshnessMs: usual, origin: 'default' };
    return {
      ...gate,
      title: change.title ?? gate.title,
      owner: change.owner ?? gate.owner,
      limit: change.limit ?? gate.limit,
      freshnessMs: change.freshness === undefined ? usual : durationMs(change.freshness),
      origin: 'changed',
    };
  };
  const added = add.map(
    ({ freshness: own, limit = null, ...gate }): PlannedGate => ({
      ...gate,
      limit,
      source: 'the plan',
      freshnessMs: own === undefined ? usual : durationMs(own),
      origin: 'added',
    }),
  );
  return [...kept.map(changed), ...added];
}
