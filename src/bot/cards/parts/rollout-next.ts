import { type Line, line } from '../../../core/card/line.ts';
import { countdown, localDate } from '../../../core/card/local-date.ts';
import { shortReason } from '../../../core/messages/reason.ts';
import { takenSentence } from '../../../core/rollout/decide-promotion.ts';
import { goesOnItself } from '../../../core/rollout/goes-on-itself.ts';
import type { Release } from '../../../db/queries/load-release.ts';
import type { Operation, Rollout } from '../../../db/queries/rollouts.ts';
import { whoMay, whoPromotes } from '../../../services/kernel/who-may.ts';
import { onOneLine } from './lines.ts';
import { happenedAt, operationStanding, troubleLine } from './rollout-events.ts';
import type { RolloutFacts, RolloutStatus } from './rollout-status.ts';
import { mentionAll } from './who.ts';

/** What comes next in a rollout and who is to act; null: the card's other lines say it. */
export function nextLine(
  release: Release,
  rollout: Rollout,
  { status, now, hasDriver }: RolloutFacts & { status: RolloutStatus; now: number },
): Line | null {
  const { plan, goLiveAt } = release;
  const { zone } = plan.goLive;
  const goLive = line`Go-live ${localDate(goLiveAt, zone)}`;
  switch (status.kind) {
    case 'not-approved':
      return line`${goLive}. It needs a go first.`;
    case 'approved': {
      const [first] = plan.rollout.phases;
      if (!hasDriver || !first) return line`${goLive}.`;
      return line`${goLive}. Then ${mentionAll(whoPromotes(release))} → ${first.trafficPercent} %`;
    }
    case 'decision-open':
      return 'The rollout can start after the decision.';
    case 'target-taken':
      return takenSentence(status.by);
    case 'ready':
      if (rollout.state === 'running' && goesOnItself(plan, release.permissions))
        return `Goes on to ${status.next.trafficPercent} % by itself`;
      return line`READY: ${mentionAll(whoPromotes(release))} → ${status.next.trafficPercent} %`;
    case 'awaiting': {
      const { next, request } = status;
      return line`✋ ${request.personName} asked for ${next.trafficPercent} %. A second person has to approve it by ${localDate(request.expiresAt, zone)}.`;
    }
    case 'frozen': {
      const { next, freeze } = status;
      return line`After the freeze, from ${localDate(freeze.until, freeze.zone)}: ${mentionAll(whoPromotes(release))} → ${next.trafficPercent} %`;
    }
    case 'locked':
      return `Once ${status.lock.ownerName} has unlocked it, it can go on.`;
    case 'held': {
      const { heldAt, heldBy, heldReason } = rollout;
      const since = localDate(heldAt?.getTime() ?? now, zone);
      const by = line`Paused since ${since}, by ${heldBy ?? 'somebody'}: ${shortReason(onOneLine(heldReason ?? ''))}`;
      return line`${by}\nNothing is promoted until ${mentionAll(whoMay(release, 'rollout.pause'))} resume it.`;
    }
    case 'soaking':
      if (now >= status.endsAt) return null;
      return line`⏱ Soaks until ${countdown(status.endsAt, zone)}. Then ${thenWho(release)} → ${status.next.trafficPercent} %`;
    case 'failing':
      return line`${failingSince(release, rollout)}${mentionAll(whoMay(release, 'rollout.rollback'))}: roll back, or say in the thread why not.`;
    case 'health-unknown':
      if (rollout.state === 'completed')
        return line`We can't tell whether it's healthy. ${mentionAll(whoPromotes(release))}: please check the metrics.`;
      return line`We can't tell whether it's healthy, so it can't go further. ${mentionAll(whoPromotes(release))}: please check the metrics.`;
    case 'promoting':
    case 'rolling-back':
    case 'aborting':
    case 'pausing':
      return underWay(release, status.operation);
    case 'traffic-unknown':
    case 'traffic-strayed': {
      const [last] = rollout.operations;
      const advice = line`${mentionAll(whoMay(release, 'rollout.rollback'))}: check the live system, then roll back or try again.`;
      return last ? line`${troubleLine(release, last)}\n${advice}` : advice;
    }
    case 'recorded': {
      const { requestedByName: by, reason } = status.record;
      const note = reason === null ? '' : `: ${shortReason(onOneLine(reason))}`;
      return line`Recorded by ${by}, ${happenedAt(release, status.record)}${note}`;
    }
    case 'unrecorded':
      return line`Go-live was planned for ${localDate(goLiveAt, zone)}. Nobody has recorded a deployment.`;
    case 'cancelled':
    case 'paused':
    case 'completed':
    case 'rolled-back':
      return null;
  }
}

/** Who goes on to the next phase: nobody is called where it happens by itself. */
function thenWho(release: Release): Line {
  return goesOnItself(release.plan, release.permissions) ? 'by itself' : mentionAll(whoPromotes(release));
}

/** Since the first of the gates that fail has failed. */
function failingSince({ plan }: Release, { gates }: Rollout): Line {
  const since = gates.flatMap((gate) =>
    gate.state === 'fail' && gate.since !== undefined ? [gate.since] : [],
  );
  return since.length === 0 ? '' : line`Failing since ${localDate(Math.min(...since), plan.goLive.zone)}. `;
}

function underWay(release: Release, operation: Operation): Line {
  const asked = line`Started by ${operation.requestedByName}, ${happenedAt(release, operation)}: ${operationStanding(operation)}`;
  return operation.reason === null ? asked : line`${asked} (${shortReason(onOneLine(operation.reason))})`;
}
