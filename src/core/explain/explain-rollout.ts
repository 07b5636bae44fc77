import { describeSpan, durationMs } from '../calendar/duration.ts';
import { describeThreshold, metricRegistry } from '../metrics/metric-registry.ts';
import { isSame } from '../plan/compare-plans.ts';
import type { Plan } from '../plan/plan.ts';
import { DEFAULT_PHASES } from '../plan/rollout-defaults.ts';
import { type Explained, type ExplainedPart, either } from './explained.ts';

/** Driver, metrics and phases of a plan's rollout. */
export function explainRollout(plan: Plan, defaults: Plan): ExplainedPart {
  const { driver, metrics, phases } = plan.rollout;
  const isDefault = isSame(phases, defaults.rollout.phases);
  return {
    title: 'Rollout',
    entries: [
      either('Driver', driver, { isDefault: driver === defaults.rollout.driver }),
      either('Metrics', metrics, { isDefault: metrics === defaults.rollout.metrics }),
      ...phases.map((phase, index) => explainPhase(phase, index, isDefault)),
    ],
  };
}

type Phase = Plan['rollout']['phases'][number];

function explainPhase(phase: Phase, index: number, isDefault: boolean): Explained {
  const { trafficPercent, soak, criteria } = phase;
  const soakMs = durationMs(soak);
  const judged = criteria.map((criterion) => {
    const { title } = metricRegistry.get(criterion.metric);
    return `${title} ${describeThreshold(criterion)} over ${describeSpan(durationMs(criterion.window))}`;
  });
  const held = soakMs === 0 ? [] : [`held for ${describeSpan(soakMs)}`];
  const value = [`${trafficPercent} % of traffic`, ...held, ...judged].join('; ');
  return either(`Phase ${index + 1}`, value, { isDefault, source: DEFAULT_PHASES[index]?.source ?? null });
}
