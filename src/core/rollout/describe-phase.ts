import { describeSpan, durationMs } from '../calendar/duration.ts';
import { describeThreshold, metricRegistry } from '../metrics/metric-registry.ts';
import type { Plan } from '../plan/plan.ts';

/** `10 % for 2 days: error rate below 0.05 %, 95th percentile below 150 ms`: traffic, soak, gates. */
export function describePhase({ trafficPercent, soak, criteria }: Plan['rollout']['phases'][number]): string {
  const length = durationMs(soak) === 0 ? '' : ` for ${describeSpan(durationMs(soak))}`;
  const figures = criteria.map(
    (criterion) => `${metricRegistry.get(criterion.metric).shortTitle} ${describeThreshold(criterion)}`,
  );
  return figures.length === 0
    ? `${trafficPercent} %${length}`
    : `${trafficPercent} %${length}: ${figures.join(', ')}`;
}
