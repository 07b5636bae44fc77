import type { Plan } from '../plan/plan.ts';
import { presetOf } from '../plan/preset-of.ts';

/** `canary, preset quick`; `canary, own phases` where the phases are the plan's own. */
export function rolloutName(plan: Plan): string {
  const preset = presetOf(plan);
  return `${plan.rollout.strategy}, ${preset === null ? 'own phases' : `preset ${preset.name}`}`;
}
