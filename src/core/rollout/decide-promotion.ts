import { describeSpan, durationMs } from '../calendar/duration.ts';
import { command } from '../card/card.ts';
import { type Line, line } from '../card/line.ts';
import type { Plan } from '../plan/plan.ts';
import { type ReleaseState, releaseStateTitles } from '../release/release-state.ts';
import type { GateResult } from './evaluate-gate.ts';
import type { OperationKind } from './operation-state.ts';

export type RolloutState = 'not_started' | 'running' | 'completed' | 'rolled_back';

/** What a rollout is at, as the decision needs it. Instants are epoch ms of the release's clock. */
export interface RolloutView {
  releaseState: ReleaseState;
  goLiveAt: number;
  state: RolloutState;
  /** Index of the present phase in the plan; -1 before the first. */
  phaseIndex: number;
  phaseSince: number | null;
  /** The poll that is open. A decision that is open may yet withdraw the approval. */
  openPoll: 'decision' | 'readiness' | null;
  /** Who can ask for a go/no-go; null when the person who wants to promote can. */
  whoAsksGoNoGo: Line | null;
  /** There is a go that approves the release only once it is signed off; left out: no. */
  awaitsSignOff?: boolean;
  /** The key of another release that is being rolled out on the same target. */
  targetTakenBy: string | null;
  /** An operation that has not ended yet. */
  activeOperation: { kind: OperationKind; toPercent: number } | null;
}

/** `next`, `full`, or a percentage of traffic. */
export type PromotionTarget = 'next' | 'full' | number;

export type PromotionDecision =
  | { ok: true; phaseIndex: number; toPercent: number }
  | { ok: false; reasons: Line[] };

/**
 * The promote guard: approved, go-live reached, no other operation, soak over, every gate of the present
 * phase green on enough traffic. All unmet conditions are named at once.
 */
export function decidePromotion(
  rollout: RolloutView,
  phases: Plan['rollout']['phases'],
  wish: { target: PromotionTarget; gates: readonly GateResult[] },
  now: number,
): PromotionDecision {
  const blocked = standingReason(rollout, phases, now);
  if (blocked) return { ok: false, reasons: [blocked] };
  const present = phases[rollout.phaseIndex];
  const next = phases[rollout.phaseIndex + 1];
  if (!next) return { ok: false, reasons: ['The rollout is already at its last phase.'] };
  const wanted = wish.target === 'full' ? 100 : wish.target === 'next' ? next.trafficPercent : wish.target;
  const reasons: Line[] = [];
  if (wanted !== next.trafficPercent) {
    reasons.push(
      `The next phase is ${next.trafficPercent} %, not ${wanted} %; phases are taken one after the other.`,
    );
  }
  if (present) {
    reasons.push(...soakReasons(rollout, durationMs(present.soak), now));
    reasons.push(...gateReasons(present.criteria.length, wish.gates));
  }
  if (reasons.length > 0) return { ok: false, reasons };
  return { ok: true, phaseIndex: rollout.phaseIndex + 1, toPercent: next.trafficPercent };
}

function standingReason(rollout: RolloutView, phases: Plan['rollout']['phases'], now: number): Line | null {
  if (rollout.activeOperation) {
    return underWaySentence(rollout.activeOperation);
  }
  if (rollout.state === 'rolled_back') return 'It was rolled back; a new version needs a new release.';
  if (rollout.state === 'completed') return 'It is already at 100 %.';
  if (rollout.releaseState === 'in_planning' || rollout.releaseState === 'draft') {
    return rollout.awaitsSignOff
      ? line`There is a go, and it is not signed off yet. Sign it off with ${command('release', 'sign-off')}.`
      : line`There is no go decision. ${decisionAdvice(rollout)}`;
  }
  if (rollout.releaseState !== 'approved' && rollout.releaseState !== 'in_progress') {
    return `The release is ${releaseStateTitles[rollout.releaseState]}.`;
  }
  if (rollout.openPoll === 'decision') return 'A go/no-go is open, and its decision comes first.';
  if (now < rollout.goLiveAt)
    return `Go-live is in ${describeSpan(rollout.goLiveAt - now)}; promotion opens then.`;
  if (rollout.targetTakenBy !== null) {
    return takenSentence(rollout.targetTakenBy);
  }
  return phases.length === 0 ? 'The plan has no phases.' : null;
}

function underWaySentence({ kind, toPercent }: NonNullable<RolloutView['activeOperation']>): string {
  switch (kind) {
    case 'rollback':
      return 'A rollback is under way.';
    case 'abort':
      return 'The rollout is being aborted; wait for the result.';
    case 'pause':
      return 'The live system is being paused; wait for the result.';
    case 'promote':
    case 'resume':
      return `A promotion to ${toPercent} % is under way; wait for its result.`;
  }
}

/** Why nothing can start where another release, by its key, is being rolled out. */
export function takenSentence(releaseKey: string): string {
  return `${releaseKey} is being rolled out on the same system. Wait until it has all traffic, or roll it back.`;
}

function decisionAdvice({ openPoll, whoAsksGoNoGo }: RolloutView): Line {
  if (openPoll === 'decision') return 'The go/no-go is open; it ends with the decision.';
  if (openPoll === 'readiness') return 'The readiness check is open; the go/no-go comes after it.';
  if (whoAsksGoNoGo !== null) return line`Who can ask for one: ${whoAsksGoNoGo}.`;
  return line`Ask for one with ${command('release', 'go-no-go')}.`;
}

function soakReasons(rollout: RolloutView, soakMs: number, now: number): string[] {
  const over = (rollout.phaseSince ?? now) + soakMs;
  return now < over ? [`The soak is not over: ${describeSpan(over - now)} to go.`] : [];
}

/** A criterion that nobody judged is no green gate. */
function gateReasons(criteria: number, gates: readonly GateResult[]): string[] {
  const reasons = gates.flatMap((gate) => (gate.state === 'pass' ? [] : [gate.sentence]));
  if (gates.length < criteria)
    reasons.push(`Only ${gates.length} of the phase's ${criteria} gates were read.`);
  return reasons;
}
