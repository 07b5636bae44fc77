import { mayBeDeployedUnseen } from '../../../core/release/release-context.ts';
import { mayEdit, releaseStateTitles } from '../../../core/release/release-state.ts';
import { describePercent } from '../../../core/rollout/describe-percent.ts';
import type { Release } from '../../../db/queries/load-release.ts';
import {
  activeOperation,
  isTrafficKnown,
  knownTrafficPercent,
  type Rollout,
  recordOf,
} from '../../../db/queries/rollouts.ts';
import { describeEventTime } from './event-time.ts';
import { fromShare, isApproved } from './rollout-status.ts';

/**
 * The rollout's state in a few words, at `now` (epoch ms). Only traffic that was read from the target is stated as a
 * fact; what a person recorded is called so. Without a driver nothing is said of traffic that nobody recorded.
 */
export function rolloutHeadline(
  release: Release,
  rollout: Rollout,
  now: number,
  { hasDriver = true }: { hasDriver?: boolean } = {},
): string {
  const headline = headlineOfState(release, rollout, { now, hasDriver });
  const record = recordOf(rollout);
  if (!record) return headline;
  return `${headline}, recorded by ${record.requestedByName}, ${describeEventTime(release, record.requestedAt)}`;
}

function headlineOfState(
  release: Release,
  rollout: Rollout,
  { now, hasDriver }: { now: number; hasDriver: boolean },
): string {
  const active = activeOperation(rollout);
  if (active?.kind === 'rollback') return `rolling back${fromShare(active)}`;
  if (active?.kind === 'abort') return `aborting${fromShare(active)}`;
  if (active?.kind === 'pause') return `pausing on the way to ${active.toPercent} %`;
  if (active) return `promoting${fromShare(active)} to ${active.toPercent} %`;
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
      return hasDriver
        ? headlineBeforeFirstPhase(release, rollout, now)
        : headlineWithoutDriver(release, rollout, now);
  }
}

function trafficHeadline(rollout: Rollout): string {
  return isTrafficKnown(rollout)
    ? `${describePercent(rollout.trafficPercent)} % of traffic`
    : `share of traffic not known, ${describePercent(rollout.trafficPercent)} % when last known`;
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

/** What a driver that is gone has left unknown stays so. */
function headlineWithoutDriver(release: Release, rollout: Rollout, now: number): string {
  if (rollout.operations.length > 0) return headlineBeforeFirstPhase(release, rollout, now);
  const standing = release.pause ? 'paused' : releaseStateTitles[release.state];
  const { goLiveAt } = release;
  const isUnseen = mayBeDeployedUnseen({ hasDriver: false, goLiveAt, now }) && mayEdit(release.state);
  return isUnseen ? `${standing}, no deployment recorded` : standing;
}
