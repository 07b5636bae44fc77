import { type Block, type Button, type Card, command, note } from '../../../core/card/card.ts';
import { line } from '../../../core/card/line.ts';
import { isLongReason } from '../../../core/messages/reason.ts';
import type { Release } from '../../../db/queries/load-release.ts';
import type { Rollout } from '../../../db/queries/rollouts.ts';
import { planLinkBlocks } from '../parts/plan-links.ts';
import { rolloutButtons } from '../parts/rollout-buttons.ts';
import { rolloutStanding } from '../parts/rollout-standing.ts';
import type { RolloutFacts, RolloutStatus } from '../parts/rollout-status.ts';

/**
 * The live status of a rollout at `now` (epoch ms): its state, how far it is, who is to act, its gates, what can be done, links. It offers
 * nothing that would be refused; without a driver it says how to record what happens elsewhere.
 */
export function rolloutCard(release: Release, rollout: Rollout, now: number, facts: RolloutFacts): Card {
  const { summary, blocks, status } = rolloutStanding(release, rollout, now, facts);
  return {
    summary,
    blocks: [
      ...blocks,
      ...reasonNote(release, rollout),
      ...(facts.hasDriver
        ? buttonBlocks(rolloutButtons(release, rollout, status))
        : [noDriverNote(release, rollout)]),
      ...planLinkBlocks(release.plan, linksFor(status)),
    ],
  };
}

function linksFor({ kind }: RolloutStatus) {
  if (kind === 'failing' || kind === 'rolling-back') return ['dashboard', 'runbook'] as const;
  if (kind === 'completed') return ['dashboard', 'notes'] as const;
  return ['dashboard', 'build', 'runbook'] as const;
}

function noDriverNote(release: Release, rollout: Rollout): Block {
  const instead =
    rollout.state === 'not_started'
      ? line`Deploy with your own pipeline, then record it with ${recordCommand(release, 'deployed 100%')} (or the share of traffic that it has).`
      : line`Record what happens next with ${recordCommand(release, 'deployed 100%')} (or the share of traffic that it has) or ${recordCommand(release, 'rolled back')}.`;
  return note(
    line`No driver is configured for this release: tminus can neither change nor check its traffic. ${instead}`,
  );
}

function recordCommand({ key }: Release, what: string) {
  return command('release', `record ${key} ${what}`);
}

/** Where the reason is that has no room in its line. */
function reasonNote(release: Release, { operations: [latest] }: Rollout): Block[] {
  if (!latest || !isLongReason(latest.reason)) return [];
  return [note(line`The reason in full: ${command('release', `status ${release.key}`)}.`)];
}

function buttonBlocks(buttons: Button[]): Block[] {
  return buttons.length > 0 ? [{ type: 'actions', buttons }] : [];
}
