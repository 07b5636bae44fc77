import type { GateResult } from '../../core/rollout/evaluate-gate.ts';
import { type GateNews, type GateWatch, newGateWatch, watchGates } from '../../core/rollout/watch-gates.ts';
import type { Release } from '../../db/queries/load-release.ts';
import {
  activeOperation,
  isTrafficKnown,
  knownTrafficPercent,
  type Rollout,
} from '../../db/queries/rollouts.ts';
import type { Services } from '../kernel/context.ts';
import type { Scope } from '../kernel/scope.ts';

/** What a reading of a rollout's gates makes of what its channel was told, and what it is to be told now. */
export function watchRecordedGates(
  { ctx, now }: Scope,
  { release, rollout }: { release: Release; rollout: Rollout },
  gates: readonly GateResult[],
): { watch: GateWatch; news: GateNews[] } {
  const before = rollout.gateWatch ?? newGateWatch;
  // Somebody has acted already; how it ends is told.
  const active = activeOperation(rollout)?.kind;
  if (active === 'rollback' || active === 'abort') return { watch: before, news: [] };
  if (knownTrafficPercent(rollout) === 0) {
    return { watch: { ...before, failing: null, unreadable: null }, news: [] };
  }
  const canDecide = mayBePromoted(ctx, release, rollout);
  const asked = canDecide ? before : { ...before, verdict: null };
  const { watch, news } = watchGates(asked, { gates, now, wall: ctx.clock.wall() });
  return { watch: canDecide ? watch : { ...watch, verdict: before.verdict }, news };
}

/** Whether nothing but gates stands between a phase that has soaked and the next one. */
export function mayBePromoted(
  services: Pick<Services, 'driver'>,
  release: Release,
  rollout: Rollout,
): boolean {
  return rollout.heldAt === null && isBetweenPhases(services, release, rollout);
}

/** The same, though the rollout may be paused by people. */
export function isBetweenPhases(
  { driver }: Pick<Services, 'driver'>,
  { plan, pause }: Release,
  rollout: Rollout,
): boolean {
  return (
    rollout.state === 'running' &&
    pause === null &&
    !activeOperation(rollout) &&
    isTrafficKnown(rollout) &&
    driver(plan.rollout.driver) !== undefined &&
    plan.rollout.phases[rollout.phaseIndex + 1] !== undefined
  );
}
