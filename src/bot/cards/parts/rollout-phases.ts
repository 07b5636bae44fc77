import { progressBar } from '../../../core/card/bar.ts';
import { type Line, line } from '../../../core/card/line.ts';
import { sparkline } from '../../../core/card/sparkline.ts';
import type { GateResult } from '../../../core/rollout/evaluate-gate.ts';
import type { Release } from '../../../db/queries/load-release.ts';
import { type Rollout, recordOf } from '../../../db/queries/rollouts.ts';
import { onOneLine } from './lines.ts';

/**
 * How far a rollout is: a bar of the traffic as last known, then the phases that are over, the present one with its
 * audience and those to come.
 */
export function phaseLine({ plan }: Release, rollout: Rollout): Line {
  const phases = plan.rollout.phases.map(({ trafficPercent }, index) => {
    if (index < rollout.phaseIndex) return `${trafficPercent} ✓`;
    return index === rollout.phaseIndex ? `${trafficPercent} ●` : `${trafficPercent}`;
  });
  const bar = progressBar(rollout.trafficPercent);
  if (rollout.state === 'completed') return line`${bar} 100 %`;
  const audience = audienceOf(plan, rollout);
  const whom = audience === undefined ? '' : ` · ${onOneLine(audience)}`;
  return line`${bar}  ${phases.join(' › ')} %${whom}`;
}

/** Who has it now, by plan; nobody knows where people deploy by themselves, or what was rolled back is there again. */
function audienceOf({ rollout: { phases } }: Release['plan'], rollout: Rollout): string | undefined {
  if (rollout.state !== 'running' || recordOf(rollout)) return undefined;
  return phases[rollout.phaseIndex]?.audience;
}

const marks: Record<GateResult['state'], string> = { pass: '🟢', fail: '🔴', unknown: '⚪' };

/** A gate in a line: value, the latest readings as small bars, what it must be, and what the old version has. */
export function gateLine(gate: GateResult): string {
  const mark = marks[gate.state];
  if (gate.state === 'unknown') return `${mark} ${gate.sentence}`;
  const old = gate.oldVersion === undefined ? '' : ` · old version ${gate.oldVersion}`;
  return `${mark} ${gate.title} ${gate.value}${readings(gate)} (must be ${gate.threshold})${old}`;
}

/** One reading alone shows nothing that its value doesn't. */
function readings({ history = [], measure }: GateResult): string {
  if (history.length < 2) return '';
  return ` ${sparkline(
    history.map(({ reading }) => reading),
    measure?.below,
  )}`;
}
