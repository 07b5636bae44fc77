import { eq } from 'drizzle-orm';
import { newGateWatch } from '../../core/rollout/watch-gates.ts';
import type { Release } from '../../db/queries/load-release.ts';
import { loadRollout } from '../../db/queries/rollouts.ts';
import { rollouts } from '../../db/schema/rollout.ts';
import type { Scope } from '../kernel/scope.ts';
import { readSoakSubject } from './soak-subject.ts';
import { tellGateNews } from './tell-gate-news.ts';
import { isBetweenPhases } from './watch-recorded-gates.ts';

/**
 * Says that a phase has soaked, if the rollout is still in it: with the verdict of its gates, so the next reading says
 * it, seconds later. A phase without gates is ready at once. `subject` is of `writeSoakSubject`.
 */
export async function announceSoakOver(scope: Scope, release: Release, subject: string): Promise<void> {
  const rollout = await loadRollout(scope.tx, release.id);
  const { phaseIndex } = readSoakSubject(subject);
  // An operation is under way, or has left the traffic unknown: there is nothing to say about this phase. Or its driver
  // was removed meanwhile: what is recorded keeps to no phases, and nothing can be promoted.
  if (rollout.phaseIndex !== phaseIndex || !isBetweenPhases(scope.ctx, release, rollout)) return;
  const { trafficPercent } = rollout;
  scope.audit({ action: 'rollout.soaked', releaseId: release.id, details: { trafficPercent } });
  const isReady = (release.plan.rollout.phases[phaseIndex]?.criteria ?? []).length === 0;
  const before = rollout.gateWatch ?? newGateWatch;
  const gateWatch = { ...before, verdict: isReady ? ('ready' as const) : ('undecided' as const) };
  await scope.tx.update(rollouts).set({ gateWatch }).where(eq(rollouts.releaseId, release.id));
  // While people have paused it, nobody is asked to promote.
  if (isReady && rollout.heldAt === null) {
    const told = { gates: [], oldVersion: [], watch: gateWatch };
    await tellGateNews(scope, { release, rollout }, { news: ['ready'], told });
  }
  scope.invalidateCards(release.id);
}
