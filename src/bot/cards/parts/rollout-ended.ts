import { describeSpan } from '../../../core/calendar/duration.ts';
import { type Block, text } from '../../../core/card/card.ts';
import { type Line, line } from '../../../core/card/line.ts';
import { localDate } from '../../../core/card/local-date.ts';
import { shortReason } from '../../../core/messages/reason.ts';
import { describePercent } from '../../../core/rollout/describe-percent.ts';
import { measureExposure } from '../../../core/rollout/measure-exposure.ts';
import { deriveSchedule } from '../../../core/schedule/derive-schedule.ts';
import { followUpEnd } from '../../../core/schedule/follow-up-end.ts';
import type { Release } from '../../../db/queries/load-release.ts';
import { beganWithoutGo, type Operation, type Rollout } from '../../../db/queries/rollouts.ts';
import { whoPromotes } from '../../../services/kernel/who-may.ts';
import { lines } from './lines.ts';
import { mentionAll, mentionRole } from './who.ts';

/** After a rollback: how far it had gone and for how long, by whom it was taken back and why, what comes next. */
export function rolledBackBlocks(release: Release, rollout: Rollout): Block[] {
  const rollback = rollout.operations.find(({ kind, toPercent }) => kind === 'rollback' || toPercent === 0);
  const reason = rollback?.reason ?? null;
  return [
    ...lines(reachLine(rollout), rollback ? confirmedLine(release, rollback) : null),
    ...(reason === null ? [] : [{ type: 'quote' as const, content: [text(shortReason(reason))] }]),
    ...lines(
      line`Next: ${mentionRole(release, 'engineering_lead', 'Engineering')} finds the cause. ${mentionRole(release, 'release_manager', 'The Release Manager')} says what happens next.`,
    ),
  ];
}

/** The largest share that the new version had, and for how long it had any. */
function reachLine({ operations }: Rollout): Line | null {
  const steps = operations.toReversed();
  const exposure = measureExposure(steps);
  if (!exposure) return null;
  const { peakPercent, isUpperBound, spanMs } = exposure;
  // Where the first promotion is not among the operations that are kept at hand, nobody can say for how long.
  const span = steps.find(({ kind }) => kind === 'promote')?.fromPercent === 0 ? spanMs : null;
  const peak = `Peak ${isUpperBound ? 'at most ' : ''}${describePercent(peakPercent)} % of traffic`;
  return span === null ? peak : `${peak}, for ${describeSpan(span)}`;
}

function confirmedLine({ plan }: Release, rollback: Operation): Line {
  const at = localDate(rollback.finishedAt ?? rollback.requestedAt, plan.goLive.zone);
  const { requestedByName: by, requestedWall, finishedWall } = rollback;
  if (rollback.state === 'recorded')
    return line`Recorded by ${by}, ${at}. Nothing was read from the live system.`;
  const took = finishedWall === null ? '' : ` in ${describeSpan(finishedWall - requestedWall)}`;
  return line`Rolled back by ${by}, confirmed${took}, ${at}`;
}

/** When everybody has it: since when, how long it took, and until when it is watched. */
export function completedLines(release: Release, rollout: Rollout): Line[] {
  const { plan } = release;
  const { zone } = plan.goLive;
  const since = rollout.phaseSince;
  const shown: Line[] = [];
  if (since !== null) {
    const began = rollout.operations.findLast(({ kind }) => kind === 'promote');
    const took = began?.fromPercent === 0 ? ` · took ${describeSpan(since - began.requestedAt)}` : '';
    const rolledBack = rollout.operations.some(({ kind }) => kind === 'rollback');
    const none = rolledBack || beganWithoutGo(rollout) ? '' : ' · no rollback';
    shown.push(line`Since ${localDate(since, zone)}${took}${none}`);
  }
  if (release.state !== 'in_progress') return shown;
  const watching = line`Watching until ${localDate(followUpEnd(deriveSchedule(plan), release.goLiveAt), zone)}: ${mentionAll(whoPromotes(release))}`;
  return [...shown, watching];
}
