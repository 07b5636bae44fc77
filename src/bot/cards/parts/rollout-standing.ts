import { type Block, bold, type Card, paragraph } from '../../../core/card/card.ts';
import { type Line, line } from '../../../core/card/line.ts';
import { localDate } from '../../../core/card/local-date.ts';
import { shortReason } from '../../../core/messages/reason.ts';
import { WITHOUT_GO } from '../../../core/messages/recorded-message.ts';
import type { Release } from '../../../db/queries/load-release.ts';
import { beganWithoutGo, type Rollout, recordOf } from '../../../db/queries/rollouts.ts';
import { lines, onOneLine } from './lines.ts';
import { completedLines, rolledBackBlocks } from './rollout-ended.ts';
import { happenedAt, troubleLine } from './rollout-events.ts';
import { rolloutHeadline } from './rollout-headline.ts';
import { nextLine } from './rollout-next.ts';
import { gateLine, phaseLine } from './rollout-phases.ts';
import {
  type RolloutFacts,
  type RolloutStatus,
  rolloutStatus,
  type ShownFreeze,
  type ShownLock,
} from './rollout-status.ts';
import { rolloutHeader, rolloutTitle } from './rollout-title.ts';

/** How a rollout stands: its state in a line, how far it is, what comes next and who is to act, its gates; at `now` (epoch ms). */
export function rolloutStanding(
  release: Release,
  rollout: Rollout,
  now: number,
  facts: RolloutFacts,
): Card & { status: RolloutStatus } {
  const status = rolloutStatus(release, rollout, now, facts);
  const summary = `${release.key}: ${summaryOf(release, rollout, { status, now, ...facts })}`;
  const gates = rollout.gates.map(gateLine);
  return {
    status,
    summary,
    blocks: [
      { type: 'header', text: rolloutHeader(release, rollout, status) },
      ...pauseBlocks(release),
      ...freezeBlocks(facts.frozen),
      ...lockBlocks(release, facts.locked),
      ...lines(
        ...(hasPhases(rollout, status) ? [phaseLine(release, rollout)] : []),
        nextLine(release, rollout, { status, now, ...facts }),
        ...(status.kind === 'completed' ? completedLines(release, rollout) : []),
        recordedLine(release, rollout, status),
        lastTrouble(release, rollout, status),
      ),
      ...(status.kind === 'rolled-back' ? rolledBackBlocks(release, rollout) : lines(...gates)),
      ...disarmedBlocks(release, rollout, now),
      ...(beganWithoutGo(rollout) ? [paragraph(WITHOUT_GO)] : []),
    ],
  };
}

/** What a notification says: the share of traffic, and what of the state it does not tell. */
function summaryOf(
  release: Release,
  rollout: Rollout,
  { status, now, hasDriver }: RolloutFacts & { status: RolloutStatus; now: number },
): string {
  const headline = rolloutHeadline(release, rollout, now, { hasDriver });
  switch (status.kind) {
    case 'awaiting':
    case 'decision-open':
    case 'frozen':
    case 'locked':
    case 'held':
    case 'target-taken':
      return rolloutTitle(rollout, status).words;
    case 'failing':
      return `${headline}, FAILING`;
    default:
      return headline;
  }
}

/** Loud, since whoever relies on it has to look themselves meanwhile. */
function disarmedBlocks({ plan }: Release, rollout: Rollout, now: number): Block[] {
  const { disarmedUntil, disarmedBy, disarmedReason, state } = rollout;
  if (!plan.rollout.rollback?.automatic || disarmedUntil === null || disarmedUntil.getTime() <= now)
    return [];
  if (state === 'rolled_back') return [];
  const until = localDate(disarmedUntil.getTime(), plan.goLive.zone);
  return [
    paragraph(
      line`⚠️ ${bold('Automatic rollback is off')} until ${until}, by ${disarmedBy ?? 'somebody'}: ${shortReason(disarmedReason ?? '')}`,
    ),
  ];
}

/** Whether it is of interest how far it is. */
function hasPhases({ state, operations }: Rollout, { kind }: RolloutStatus): boolean {
  if (kind === 'rolled-back' || kind === 'cancelled' || kind === 'traffic-unknown') return false;
  return state !== 'not_started' || operations.length > 0;
}

/** Whose word the share is, where it was recorded and the state does not say so. */
function recordedLine(release: Release, rollout: Rollout, { kind }: RolloutStatus): Line | null {
  const record = recordOf(rollout);
  if (!record || kind === 'recorded' || kind === 'rolled-back') return null;
  return line`Recorded by ${record.requestedByName}, ${happenedAt(release, record)}`;
}

/** What became of the last operation, where it did not do what was asked and the state does not say so. */
function lastTrouble(
  release: Release,
  { operations: [latest] }: Rollout,
  { kind }: RolloutStatus,
): Line | null {
  if (latest?.state !== 'failed' && latest?.state !== 'not_taken') return null;
  if (kind === 'traffic-unknown' || kind === 'traffic-strayed') return null;
  return line`⚠️ ${troubleLine(release, latest)}`;
}

/** What is held while the release is paused, and until when. */
export function pauseBlocks({ pause, plan }: Release): Block[] {
  if (!pause) return [];
  const { zone } = plan.goLive;
  const until =
    pause.until === null ? 'until somebody resumes it' : line`until ${localDate(pause.until, zone)}`;
  return lines(
    line`⏸ Paused since ${localDate(pause.since, zone)}, ${until}: ${shortReason(onOneLine(pause.reason))}`,
  );
}

/** Which freeze holds, and until when. */
export function freezeBlocks(freeze: ShownFreeze | null | undefined): Block[] {
  if (!freeze) return [];
  const { name, until, zone } = freeze;
  return lines(
    line`❄️ Freeze "${onOneLine(name)}" until ${localDate(until, zone)}: nothing is promoted until then`,
  );
}

/** Who has locked the product, and why: until it is unlocked, nothing of it goes live. */
export function lockBlocks({ plan }: Release, lock: ShownLock | null | undefined): Block[] {
  if (!lock) return [];
  const since = localDate(lock.since, plan.goLive.zone);
  return lines(
    line`🔒 ${plan.product} is locked since ${since}, owner ${lock.ownerName}: ${shortReason(onOneLine(lock.reason))}`,
  );
}
