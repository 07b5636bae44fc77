import { soakOverMessage } from '../../core/messages/soak-over-message.ts';
import type { Release } from '../../db/queries/load-release.ts';
import { isTrafficKnown, loadRollout } from '../../db/queries/rollouts.ts';
import { deliver } from '../kernel/effects.ts';
import type { Scope } from '../kernel/scope.ts';
import { destinationsFor } from '../release/destinations-for.ts';
import { readSoakSubject } from './soak-subject.ts';

/** Says that a phase has soaked, if the rollout is still in it. `subject` is of `writeSoakSubject`. */
export async function announceSoakOver(scope: Scope, release: Release, subject: string): Promise<void> {
  const rollout = await loadRollout(scope.tx, release.id);
  const { phaseIndex } = readSoakSubject(subject);
  // An operation is under way, or has left the traffic unknown: there is nothing to say about this phase.
  if (rollout.state !== 'running' || rollout.phaseIndex !== phaseIndex || !isTrafficKnown(rollout)) return;
  // Its driver was removed meanwhile: what is recorded keeps to no phases, and nothing can be promoted.
  if (!scope.ctx.driver(release.plan.rollout.driver)) return;
  const next = release.plan.rollout.phases[phaseIndex + 1];
  if (!next) return;
  scope.audit({
    action: 'rollout.soaked',
    releaseId: release.id,
    details: { trafficPercent: rollout.trafficPercent },
  });
  await deliver(scope, {
    releaseId: release.id,
    to: destinationsFor(release, 'release'),
    subject: 'soak-over',
    content: soakOverMessage({
      releaseKey: release.key,
      trafficPercent: rollout.trafficPercent,
      nextPercent: next.trafficPercent,
    }),
  });
  scope.invalidateCards(release.id);
}
