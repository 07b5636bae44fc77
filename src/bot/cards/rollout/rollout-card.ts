import {
  type Block,
  type Button,
  type Card,
  type Confirmation,
  command,
  note,
} from '../../../core/card/card.ts';
import { line } from '../../../core/card/line.ts';
import { isLongReason } from '../../../core/messages/reason.ts';
import type { Release } from '../../../db/queries/load-release.ts';
import { activeOperation, knownTrafficPercent, type Rollout } from '../../../db/queries/rollouts.ts';
import { isApproved } from '../parts/rollout-headline.ts';
import { latestEvents, rolloutStanding } from '../parts/rollout-standing.ts';

/**
 * The live status of a rollout at `now` (epoch ms): share, phases, soak, gates, the last events, what can be done.
 * Without a driver it offers nothing that would be refused, and says how to record what happens elsewhere.
 */
export function rolloutCard(
  release: Release,
  rollout: Rollout,
  now: number,
  { hasDriver }: { hasDriver: boolean },
): Card {
  const { summary, blocks } = rolloutStanding(release, rollout, now, { hasDriver });
  return {
    summary,
    blocks: [
      ...blocks,
      ...reasonsNote(release, rollout),
      ...(hasDriver ? buttonBlocks(release, rollout, now) : [noDriverNote(release, rollout)]),
    ],
  };
}

function noDriverNote(release: Release, rollout: Rollout): Block {
  const instead =
    rollout.state === 'not_started'
      ? line`Deploy with your own pipeline, then ${recordCommand(release, 'deployed 100%')}, or with the share it has.`
      : line`What happens next: ${recordCommand(release, 'deployed 100%')}, or with the share it has, or ${recordCommand(release, 'rolled back')}.`;
  return note(
    line`No driver is configured for this release: tminus can neither change nor check its traffic. ${instead}`,
  );
}

function recordCommand({ key }: Release, what: string) {
  return command('release', `record ${key} ${what}`);
}

/** Where the reasons are that have no room in their lines. */
function reasonsNote(release: Release, rollout: Rollout): Block[] {
  if (!latestEvents(rollout).some(({ reason }) => isLongReason(reason))) return [];
  return [note(line`Reasons in full: ${command('release', `status ${release.key}`)}.`)];
}

function buttonBlocks(release: Release, rollout: Rollout, now: number): Block[] {
  const value = JSON.stringify({ releaseKey: release.key });
  const buttons: Button[] = [];
  const next = release.plan.rollout.phases[rollout.phaseIndex + 1];
  const active = activeOperation(rollout);
  const canPromote =
    rollout.state === 'running' || (rollout.state === 'not_started' && now >= release.goLiveAt);
  if (canPromote && isApproved(release) && !release.pause && next && !active) {
    // The percentage goes along, so that a card that is out of date promotes to nothing else than it says.
    const promotion = JSON.stringify({ releaseKey: release.key, trafficPercent: next.trafficPercent });
    const label = `Promote to ${next.trafficPercent} %`;
    const confirm = promoting(release, label);
    buttons.push({ action: 'promote', label, style: 'primary', value: promotion, confirm });
  }
  const canRollBack =
    rollout.state === 'running' || rollout.state === 'completed' || rollout.operations.length > 0;
  const isBack = rollout.state === 'rolled_back' && knownTrafficPercent(rollout) === 0;
  if (canRollBack && !isBack && active?.kind !== 'rollback') {
    buttons.push({ action: 'roll-back', label: 'Roll back…', style: 'danger', value });
  }
  return buttons.length > 0 ? [{ type: 'actions', buttons }] : [];
}

/** A promotion reaches users, and only the rollback of the whole release takes it back. */
function promoting(release: Release, label: string): Confirmation {
  return {
    title: `${label}?`,
    text: `This sends traffic to ${release.key}. Approval, go-live, soak and gates are checked first; if one of them fails, nothing changes and you'll see why.`,
    confirm: label,
    deny: 'Not now',
  };
}
