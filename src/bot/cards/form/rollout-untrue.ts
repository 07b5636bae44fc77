import { type Line, line } from '../../../core/card/line.ts';
import { describePercent } from '../../../core/rollout/describe-percent.ts';
import { activeOperation, loadRollout, type Rollout } from '../../../db/queries/rollouts.ts';
import type { OpenForm } from './open-form.ts';
import { happened, releaseEnded, releaseMoved, releasePaused } from './what-happened.ts';

/** Why a promotion that somebody is about to confirm would be refused. Gates and soak are judged when it is. */
export async function promotionUntrue(form: OpenForm): Promise<Line | null> {
  const { db, release, now } = form;
  const ended = (await releaseEnded(form)) ?? (await releasePaused(form));
  if (ended) return ended;
  if (release.state === 'in_planning') return `${release.key} is no longer approved.`;
  const rollout = await loadRollout(db, release.id);
  const begun = underWay(form, rollout) ?? promotedAlready(form, rollout);
  if (begun) return begun;
  return rollout.state === 'not_started' && now < release.goLiveAt ? releaseMoved(form) : null;
}

/** Why a rollback that somebody is about to confirm would be refused. */
export async function rollbackUntrue(form: OpenForm): Promise<Line | null> {
  const { db, release } = form;
  if (release.state === 'rolled_back' || release.state === 'cancelled') return releaseEnded(form);
  const rollout = await loadRollout(db, release.id);
  return activeOperation(rollout)?.kind === 'rollback' ? underWay(form, rollout) : null;
}

function underWay(form: OpenForm, rollout: Rollout): Line | null {
  const active = activeOperation(rollout);
  if (!active) return null;
  const { key } = form.release;
  const whats = {
    rollback: `is already rolling back ${key}`,
    abort: `is aborting the rollout of ${key}`,
    pause: `is pausing the rollout of ${key}`,
    promote: `is already promoting ${key} to ${describePercent(active.toPercent)} %`,
    resume: `has the rollout of ${key} go on`,
  };
  const what = whats[active.kind];
  return line`${active.requestedByName} ${what} (${happened(form, active)}).`;
}

function promotedAlready(form: OpenForm, rollout: Rollout): Line | null {
  const wanted = Number(form.metadata.trafficPercent);
  const last = rollout.operations.find(
    ({ kind, state, toPercent }) => kind === 'promote' && state === 'succeeded' && toPercent >= wanted,
  );
  if (!last || rollout.trafficPercent < wanted) return null;
  return line`${last.requestedByName} already promoted ${form.release.key} to ${describePercent(last.toPercent)} % (${happened(form, last)}).`;
}
