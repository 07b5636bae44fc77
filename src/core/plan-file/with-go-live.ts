import { goLiveSchema } from '../plan/go-live-schema.ts';
import type { Plan } from '../plan/plan.ts';

/** The same plan with another T-0. Throws when the date, time or zone is not one. */
export function withGoLive(plan: Plan, goLive: Plan['goLive']): Plan {
  return { ...plan, goLive: goLiveSchema.parse(goLive) };
}
