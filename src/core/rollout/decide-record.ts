import type { Plan } from '../plan/plan.ts';
import type { RolloutState } from './decide-promotion.ts';
import { describePercent } from './describe-percent.ts';

/** What a rollout is at, as the decision about a record needs it. */
export interface RecordView {
  state: RolloutState;
  /** Percent of traffic; null when it is not known. */
  trafficPercent: number | null;
  /** Index of the present phase in the plan; -1 before the first. */
  phaseIndex: number;
  /** Who recorded the present traffic; null when nobody did. */
  recordedBy: string | null;
  /** An operation has not ended yet. */
  isMoving: boolean;
}

export type RecordDecision =
  | { ok: true; state: RolloutState; phaseIndex: number }
  /** A clause without its subject: "is already recorded at 50 %, by …". */
  | { ok: false; reason: string };

/**
 * What a rollout becomes when a person records that `toPercent` of traffic are on the new version; 0: that it was
 * rolled back. A fact is refused only where it says nothing new. What was rolled back stays so, whatever traffic it
 * has again: another attempt is a new release.
 */
export function decideRecord(
  rollout: RecordView,
  phases: Plan['rollout']['phases'],
  toPercent: number,
): RecordDecision {
  if (rollout.isMoving) return { ok: false, reason: 'is being changed by tminus; wait for the result' };
  const isBack = toPercent === 0;
  if (rollout.trafficPercent === toPercent && rollout.recordedBy !== null) {
    const what = isBack ? 'as rolled back' : `at ${describePercent(toPercent)} %`;
    return { ok: false, reason: `is already recorded ${what}, by ${rollout.recordedBy}` };
  }
  if (isBack) return { ok: true, state: 'rolled_back', phaseIndex: rollout.phaseIndex };
  const phaseIndex = phases.findLastIndex(({ trafficPercent }) => trafficPercent <= toPercent);
  const reached = toPercent === 100 ? 'completed' : 'running';
  return { ok: true, state: rollout.state === 'rolled_back' ? 'rolled_back' : reached, phaseIndex };
}
