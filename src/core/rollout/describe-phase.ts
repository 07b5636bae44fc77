import { describeSpan, durationMs } from '../calendar/duration.ts';
import type { Plan } from '../plan/plan.ts';

/** `10 % for 2 days: error rate below 0.05 %, 95th percentile below 150 ms`: share of traffic, soak, gates. */
export function describePhase({ trafficPercent, soak, criteria }: Plan['rollout']['phases'][number]): string {
  const length = durationMs(soak) === 0 ? '' : ` for ${describeSpan(durationMs(soak))}`;
  const figures = criteria.map(({ metric, below }) =>
    metric === 'error-rate' ? `error rate below ${below} %` : `95th percentile below ${below} ms`,
  );
  return figures.length === 0
    ? `${trafficPercent} %${length}`
    : `${trafficPercent} %${length}: ${figures.join(', ')}`;
}
