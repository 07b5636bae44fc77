import type { ReleaseType, RiskTolerance, Strategy } from './planning-arguments.ts';
import { batchPhases } from './rolling-batches.ts';
import { PRESETS, type PresetName, type PresetPhase } from './rollout-presets.ts';

/** What a preset is chosen by. */
export interface PresetArguments {
  type: ReleaseType;
  riskTolerance: RiskTolerance;
  strategy: Strategy;
}

/** A phase of a preset, as long as the risk tolerance asks. */
export type ChosenPhase = PresetPhase & { soak: string };

/**
 * The preset of a plan that names none. A canary of a major release is `staged` (S1 §2.2), any other `quick` (S2 §2).
 * Blue-green moves at once only where the risk tolerance is high: S1 §4.3 shifts gradually, S2 §2 switches instantly,
 * and when to do which is ours (ADR 52).
 */
export function defaultPreset({ type, riskTolerance, strategy }: PresetArguments): PresetName {
  switch (strategy) {
    case 'canary':
      return type === 'major' ? 'staged' : 'quick';
    case 'blue-green':
      return riskTolerance === 'high' ? 'cut-over' : 'gradual';
    case 'rolling':
      return 'batches';
    case 'feature-toggle':
      return 'audiences';
    case 'big-bang':
      return 'all-at-once';
  }
}

/** Why `defaultPreset` chooses what it does, for people. */
export function whyPreset({ type, riskTolerance, strategy }: PresetArguments): string {
  if (strategy === 'canary') return `for a canary of a ${type} release`;
  return strategy === 'blue-green'
    ? `for blue-green at risk tolerance ${riskTolerance}`
    : `for ${strategy}, the only one`;
}

/** The phases of a preset. `instances`: how many there are, for `batches`. */
export function presetPhases(
  name: PresetName,
  { riskTolerance, instances }: { riskTolerance: RiskTolerance; instances?: number | undefined },
): ChosenPhase[] {
  const phases = name === 'batches' ? batchPhases(riskTolerance, instances) : PRESETS[name].phases;
  return phases.map(({ soak, ...phase }) => ({
    ...phase,
    soak: typeof soak === 'string' ? soak : soak[riskTolerance],
  }));
}

/** The presets of a strategy. */
export function presetsOf(strategy: Strategy): PresetName[] {
  return Object.entries(PRESETS).flatMap(([name, preset]) =>
    preset.strategy === strategy ? [name as PresetName] : [],
  );
}

/** What a strategy shares out between the versions: its percentages are of that. */
export const SHARED_OUT: Readonly<Record<Strategy, 'traffic' | 'instances' | 'users'>> = {
  canary: 'traffic',
  'blue-green': 'traffic',
  'big-bang': 'traffic',
  rolling: 'instances',
  'feature-toggle': 'users',
};
