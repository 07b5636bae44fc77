import { type Card, paragraph } from '../../core/card/card.ts';
import type { Release } from '../../db/queries/load-release.ts';
import { isShareKnown, loadRollout } from '../../db/queries/rollouts.ts';
import { deliver, destinationKey } from '../kernel/effects.ts';
import type { Scope } from '../kernel/verb.ts';
import { channelFor } from '../release/channel-for.ts';

/** Says that a phase has soaked, if the rollout is still in it. `subject` is `<release id>:<phase index>`. */
export async function announceSoakOver(scope: Scope, release: Release, subject: string): Promise<void> {
  const rollout = await loadRollout(scope.tx.client, release.id);
  const phaseIndex = Number(subject.split(':')[1]);
  // An operation is under way, or has left the share unknown: there is nothing to say of this phase.
  if (rollout.state !== 'running' || rollout.phaseIndex !== phaseIndex || !isShareKnown(rollout)) return;
  const next = release.plan.rollout.phases[phaseIndex + 1];
  if (!next) return;
  scope.audit({ action: 'rollout.soaked', releaseId: release.id, details: { share: rollout.share } });
  await deliver(scope, {
    releaseId: release.id,
    destination: destinationKey('channel', channelFor(release, 'release')),
    subject: 'soak-over',
    content: soakOverMessage(release.key, rollout.share, next.share),
  });
  scope.touchCards(release.id);
}

function soakOverMessage(releaseKey: string, share: number, nextShare: number): Card {
  const summary = `${releaseKey}: the soak at ${share} % is over`;
  const next = `If the gates are green, /promote ${releaseKey} takes it to ${nextShare} %.`;
  return { summary, blocks: [paragraph(`${summary}. ${next}`)] };
}
