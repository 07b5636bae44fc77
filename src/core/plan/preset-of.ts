import { type ChosenPhase, presetPhases } from './choose-preset.ts';
import { isSame } from './compare-plans.ts';
import type { Plan } from './plan.ts';
import type { PresetName } from './rollout-presets.ts';
import { toPhase } from './rollout-schema.ts';

/** The preset whose phases a plan has, with where each comes from; null when they are the plan's own. */
export function presetOf({
  rollout,
  riskTolerance,
}: Pick<Plan, 'rollout' | 'riskTolerance'>): { name: PresetName; phases: ChosenPhase[] } | null {
  const { preset: name, instances, phases } = rollout;
  if (name === undefined) return null;
  const ofPreset = presetPhases(name, { riskTolerance, instances });
  return isSame(phases, ofPreset.map(toPhase)) ? { name, phases: ofPreset } : null;
}
