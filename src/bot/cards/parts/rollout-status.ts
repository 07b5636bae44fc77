import { durationMs } from '../../../core/calendar/duration.ts';
import type { Plan } from '../../../core/plan/plan.ts';
import { mayBeDeployedUnseen } from '../../../core/release/release-context.ts';
import { mayEdit } from '../../../core/release/release-state.ts';
import { describePercent } from '../../../core/rollout/describe-percent.ts';
import type { OperationKind } from '../../../core/rollout/operation-state.ts';
import type { Release } from '../../../db/queries/load-release.ts';
import {
  activeOperation,
  isTrafficKnown,
  knownTrafficPercent,
  type Operation,
  type Rollout,
  recordOf,
} from '../../../db/queries/rollouts.ts';

type Phase = Plan['rollout']['phases'][number];

/** What a rollout is at, besides its own rows and the time. */
export interface RolloutFacts {
  hasDriver: boolean;
  /** A go/no-go is open, and its decision comes before the first phase. */
  isDecisionOpen?: boolean;
  /** The key of another release that has the target. */
  targetTakenBy?: string | null;
  /** The freeze that holds now, or at go-live if that is to come. */
  frozen?: ShownFreeze | null;
  /** The lock of its product, as long as something may come of the release. */
  locked?: ShownLock | null;
  /** The promotion that waits for a second person. */
  awaits?: ShownRequest | null;
}

/** A request on a card; `expiresAt` is epoch ms. */
export interface ShownRequest {
  id: string;
  /** Continues "asks to". */
  words: string;
  personId: string;
  personName: string;
  expiresAt: number;
}

/** A freeze on a card; `until` is epoch ms. */
export interface ShownFreeze {
  name: string;
  until: number;
  zone: string;
}

/** A product's lock on a card; `since` is epoch ms. */
export interface ShownLock {
  ownerName: string;
  reason: string;
  since: number;
}

type FactsNow = RolloutFacts & { now: number };

/** How a rollout stands, as a person has to know it: what it waits for, and who is to act. */
export type RolloutStatus =
  | { kind: 'cancelled' | 'not-approved' | 'paused' | 'decision-open' | 'rolled-back' | 'unrecorded' }
  | { kind: 'approved' }
  | { kind: 'target-taken'; by: string }
  /** The next phase can be asked for, and would be taken. */
  | { kind: 'ready'; next: Phase }
  /** The next phase could be asked for, but for a freeze. */
  | { kind: 'frozen'; next: Phase; freeze: ShownFreeze }
  /** The same, but for a lock of the product. */
  | { kind: 'locked'; lock: ShownLock }
  /** The next phase was asked for, and waits for a second person. */
  | { kind: 'awaiting'; next: Phase; request: ShownRequest }
  | { kind: 'promoting' | 'rolling-back' | 'aborting' | 'pausing'; operation: Operation }
  /** Nothing is promoted until somebody resumes the rollout. */
  | { kind: 'held' }
  /** What has traffic is not what was last asked for, or nobody knows. */
  | { kind: 'traffic-unknown' | 'traffic-strayed' }
  | { kind: 'recorded'; record: Operation }
  | { kind: 'failing' | 'health-unknown' }
  /** `health`: null where the plan has no criteria, or none was read yet. */
  | { kind: 'soaking'; endsAt: number; next: Phase; health: 'good' | 'unknown' | null }
  | { kind: 'completed' };

const movingKinds = {
  promote: 'promoting',
  resume: 'promoting',
  rollback: 'rolling-back',
  abort: 'aborting',
  pause: 'pausing',
} as const satisfies Record<OperationKind, RolloutStatus['kind']>;

/** How a rollout stands at `now` (epoch ms). A phase is called ready only when its promotion would be taken. */
export function rolloutStatus(
  release: Release,
  rollout: Rollout,
  now: number,
  facts: RolloutFacts,
): RolloutStatus {
  const active = activeOperation(rollout);
  if (active) return { kind: movingKinds[active.kind], operation: active };
  const record = recordOf(rollout);
  if (record && rollout.state !== 'rolled_back' && rollout.state !== 'completed')
    return { kind: 'recorded', record };
  switch (rollout.state) {
    case 'rolled_back':
      return rolledBackStatus(rollout);
    case 'not_started':
      return statusBeforeFirstPhase(release, rollout, { now, ...facts });
    case 'completed':
      if (!isTrafficKnown(rollout)) return { kind: 'traffic-unknown' };
      if (rollout.trafficPercent !== 100) return { kind: 'traffic-strayed' };
      return gateStatus(release, rollout) ?? { kind: 'completed' };
    case 'running':
      if (!isTrafficKnown(rollout)) return { kind: 'traffic-unknown' };
      return runningStatus(release, rollout, { now, ...facts });
  }
}

function rolledBackStatus(rollout: Rollout): RolloutStatus {
  const known = knownTrafficPercent(rollout);
  if (known === null) return { kind: 'traffic-unknown' };
  return { kind: known === 0 ? 'rolled-back' : 'traffic-strayed' };
}

function statusBeforeFirstPhase(release: Release, rollout: Rollout, facts: FactsNow): RolloutStatus {
  const { now, hasDriver, isDecisionOpen = false, targetTakenBy = null } = facts;
  if (!isTrafficKnown(rollout)) return { kind: 'traffic-unknown' };
  if (rollout.trafficPercent > 0) return { kind: 'traffic-strayed' };
  if (release.state === 'cancelled') return { kind: 'cancelled' };
  const unseen = mayBeDeployedUnseen({ hasDriver, goLiveAt: release.goLiveAt, now });
  if (unseen && mayEdit(release.state)) return { kind: 'unrecorded' };
  if (release.pause) return { kind: 'paused' };
  if (!isApproved(release)) return { kind: 'not-approved' };
  if (rollout.heldAt !== null) return { kind: 'held' };
  if (isDecisionOpen) return { kind: 'decision-open' };
  const [next] = release.plan.rollout.phases;
  if (now < release.goLiveAt || !next || !hasDriver) return { kind: 'approved' };
  return targetTakenBy === null ? readyOrFrozen(next, facts) : { kind: 'target-taken', by: targetTakenBy };
}

function readyOrFrozen(next: Phase, { frozen, locked, awaits }: RolloutFacts): RolloutStatus {
  if (locked) return { kind: 'locked', lock: locked };
  if (awaits && !frozen) return { kind: 'awaiting', next, request: awaits };
  return frozen ? { kind: 'frozen', next, freeze: frozen } : { kind: 'ready', next };
}

function runningStatus(release: Release, rollout: Rollout, facts: FactsNow): RolloutStatus {
  const { now, hasDriver } = facts;
  const { phases } = release.plan.rollout;
  const present = phases[rollout.phaseIndex];
  const next = phases[rollout.phaseIndex + 1];
  const bad = gateStatus(release, rollout);
  if (bad?.kind === 'failing') return bad;
  if (release.pause) return { kind: 'paused' };
  if (rollout.heldAt !== null) return { kind: 'held' };
  if (!present || !next) return bad ?? { kind: 'traffic-strayed' };
  const endsAt = (rollout.phaseSince ?? now) + durationMs(present.soak);
  // While it soaks, a figure that is not there is no reason to act yet.
  if (now < endsAt || !hasDriver) {
    const health = rollout.gates.length === 0 ? null : bad ? 'unknown' : 'good';
    return { kind: 'soaking', endsAt, next, health };
  }
  return bad ?? readyOrFrozen(next, facts);
}

/** Null: every criterion of the present phase is met. */
function gateStatus(release: Release, rollout: Rollout): RolloutStatus | null {
  if (rollout.gates.some(({ state }) => state === 'fail')) return { kind: 'failing' };
  const criteria = release.plan.rollout.phases[rollout.phaseIndex]?.criteria.length ?? 0;
  const passed = rollout.gates.filter(({ state }) => state === 'pass').length;
  const isJudged = rollout.gates.every(({ state }) => state === 'pass') && passed >= criteria;
  return isJudged ? null : { kind: 'health-unknown' };
}

/** Whether its decision allows a promotion. */
export function isApproved({ state }: Release): boolean {
  return state === 'approved' || state === 'in_progress';
}

/** From which share of traffic an operation began: ` from 10 %`; nothing where nobody knew. */
export function fromShare({ fromPercent }: Operation): string {
  return fromPercent === null ? '' : ` from ${describePercent(fromPercent)} %`;
}

/** The share of traffic as a card says it: `10 %`. */
export function share({ trafficPercent }: Pick<Rollout, 'trafficPercent'>): string {
  return `${describePercent(trafficPercent)} %`;
}
