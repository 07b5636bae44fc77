import type { RiskTolerance } from './planning-arguments.ts';
import { type PresetPhase, withinSla } from './rollout-presets.ts';

/** How a rolling deployment goes through its instances (S2 §2, `rollout_configuration`). */
export interface RollingBatches {
  /** One instance, or a percentage of all of them. */
  batch: 'one' | number;
  /** How long to wait before the next batch, ISO 8601. */
  wait: string;
  /** For people: how many instances may be down at a time. */
  maxUnavailable: string;
}

const oneByOne: RollingBatches = { batch: 'one', wait: 'PT5M', maxUnavailable: '1 instance' };

/** S2 does not name `zero-downtime`: see `rollout-presets.ts`. */
export const ROLLING_BATCHES: Readonly<Record<RiskTolerance, RollingBatches>> = {
  low: oneByOne,
  medium: { batch: 25, wait: 'PT2M', maxUnavailable: '25 % of the instances' },
  high: { batch: 50, wait: 'PT2M', maxUnavailable: '25 % of the instances' },
  'zero-downtime': oneByOne,
};

/** How long an updated instance has to answer its health check (S2 §2). */
export const HEALTH_CHECK_TIMEOUT = 'PT30S';

/** So many instances are assumed where a plan does not say: ours. */
export const DEFAULT_INSTANCES = 10;
/** With more, a batch of one instance would make more phases than a plan can have. */
export const MOST_INSTANCES = 20;

/** The batches as phases, each judged over no more than the wait after it. */
export function batchPhases(riskTolerance: RiskTolerance, instances: number | undefined): PresetPhase[] {
  const { batch, wait } = ROLLING_BATCHES[riskTolerance];
  return sharesOf(batch, instances).map((trafficPercent): PresetPhase => {
    const isLast = trafficPercent === 100;
    return {
      trafficPercent,
      soak: isLast ? 'PT0S' : wait,
      criteria: isLast ? [] : withinSla(wait),
      audience: isLast ? 'All production users' : 'Users of the updated instances',
      source: 'S2 §2',
    };
  });
}

/** The percentages that are updated after each batch; of whole instances where their number is known. */
function sharesOf(batch: RollingBatches['batch'], instances: number | undefined): number[] {
  if (batch !== 'one' && instances === undefined) {
    return Array.from({ length: 100 / batch }, (_, index) => (index + 1) * batch);
  }
  const all = instances ?? DEFAULT_INSTANCES;
  const size = batch === 'one' ? 1 : Math.max(1, Math.floor((all * batch) / 100));
  return Array.from({ length: Math.ceil(all / size) }, (_, index) => {
    const updated = Math.min(all, (index + 1) * size);
    return Number(((updated / all) * 100).toFixed(2));
  });
}
