import { describeSpan, durationMs } from '../calendar/duration.ts';
import { describeThreshold, metricRegistry } from '../metrics/metric-registry.ts';
import type { Plan } from '../plan/plan.ts';

type Phase = Plan['rollout']['phases'][number];

/** `10 % for 2 days (beta users and selected customers): error rate below 0.05 %, 95th percentile below 150 ms`. */
export function describePhase({ trafficPercent, soak, criteria, audience }: Phase): string {
  const length = durationMs(soak) === 0 ? '' : ` for ${describeSpan(durationMs(soak))}`;
  const whom = audience === undefined ? '' : ` (${withinSentence(audience)})`;
  const figures = criteria.map(
    (criterion) => `${metricRegistry.get(criterion.metric).shortTitle} ${describeThreshold(criterion)}`,
  );
  const judged = figures.length === 0 ? '' : `: ${figures.join(', ')}`;
  return `${trafficPercent} %${length}${whom}${judged}`;
}

/** `Beta users` as it is written in the middle of a sentence; what begins with an abbreviation stays: `VIP customers`. */
export function withinSentence(audience: string): string {
  return /^\p{Lu}(?:\p{Ll}|\s)/u.test(audience)
    ? audience.charAt(0).toLowerCase() + audience.slice(1)
    : audience;
}
