import { releaseStateTitles } from '../../../core/release/release-state.ts';
import { describePercent } from '../../../core/rollout/describe-percent.ts';
import type { Release } from '../../../db/queries/load-release.ts';
import {
  activeOperation,
  isTrafficKnown,
  knownTrafficPercent,
  type Operation,
  type Rollout,
} from '../../../db/queries/rollouts.ts';

/**
 * The rollout's state in a few words, at `now` (epoch ms). Only traffic that was read from the target is stated as a
 * fact.
 */
export function rolloutHeadline(release: Release, rollout: Rollout, now: number): string {
  const active = activeOperation(rollout);
  if (active?.kind === 'rollback') {
    return `rolling back${from(active)}`;
  }
  if (active) return `promoting${from(active)} to ${active.toPercent} %`;
  switch (rollout.state) {
    case 'rolled_back':
      return rolledBackHeadline(knownTrafficPercent(rollout));
    case 'completed':
      return knownTrafficPercent(rollout) === 100
        ? '100 % of traffic, rollout complete'
        : trafficHeadline(rollout);
    case 'running':
      return trafficHeadline(rollout);
    case 'not_started':
      return headlineBeforeFirstPhase(release, rollout, now);
  }
}

function trafficHeadline(rollout: Rollout): string {
  return isTrafficKnown(rollout)
    ? `${describePercent(rollout.trafficPercent)} % of traffic`
    : `share of traffic not known, ${describePercent(rollout.trafficPercent)} % when last read`;
}

function from({ fromPercent }: Operation): string {
  return fromPercent === null ? '' : ` from ${describePercent(fromPercent)} %`;
}

/** A command that was cancelled may come late, and the rollback that follows it may fail. */
function rolledBackHeadline(trafficPercent: number | null): string {
  if (trafficPercent === null) return 'rolled back, share of traffic not known now';
  return trafficPercent === 0
    ? 'rolled back, all traffic on the previous version'
    : `rolled back, but ${describePercent(trafficPercent)} % of traffic is on the new version again`;
}

/** A first promotion that was not confirmed may have sent traffic all the same. */
function headlineBeforeFirstPhase(release: Release, rollout: Rollout, now: number): string {
  if (rollout.trafficPercent > 0) return `${describePercent(rollout.trafficPercent)} % of traffic`;
  if (!isTrafficKnown(rollout)) return 'share of traffic not known';
  if (release.pause) return 'paused, no traffic yet';
  return isApproved(release) && now >= release.goLiveAt
    ? 'ready to promote, no traffic yet'
    : `${releaseStateTitles[release.state]}, no traffic`;
}

/** Whether its decision allows a promotion. */
export function isApproved({ state }: Release): boolean {
  return state === 'approved' || state === 'in_progress';
}
