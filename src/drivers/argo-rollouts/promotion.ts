import { DriverError } from '../../services/ports/deployment-driver.ts';
import type { RolloutRead } from './rollout.ts';
import { nextStop, stopsOf } from './steps.ts';

/** Merge patches of the status and of the Rollout itself; what is left out is not changed. */
export interface PromotionPatches {
  status?: { [key: string]: unknown };
  spec?: { paused: boolean };
}

/**
 * What brings a Rollout to its next stop, as Argo's own `promote` does: it depends on why it does not go on by itself.
 * Nothing where it is there, or on its way. @throws DriverError unless that stop has the wanted share
 */
export function stepTo(read: RolloutRead, version: string, weight: number): PromotionPatches {
  requirePresent(read, version);
  const { spec, status } = read.rollout;
  const steps = spec.strategy.canary?.steps ?? [];
  const index = status.currentStepIndex ?? 0;
  const unpause = spec.paused ? { spec: { paused: false } } : {};
  if (read.isPromoted) return weight === 100 ? {} : refuse(steps, 100, weight);
  if (status.abort) {
    const first = nextStop(steps, 0);
    return first === weight ? { ...unpause, status: { abort: false } } : refuse(steps, first, weight);
  }
  const reasons = (status.pauseConditions ?? []).map(({ reason }) => reason);
  const isInconclusive = reasons.includes('InconclusiveAnalysisRun');
  // A pause that it stands at is the stop; from there it goes on to the next.
  const standsAt = steps[index]?.pause !== undefined && reasons.length > 0 && !isInconclusive;
  const here = nextStop(steps, index);
  if (standsAt && here !== weight) {
    const next = nextStop(steps, index + 1);
    return next === weight ? { ...unpause, status: { pauseConditions: null } } : refuse(steps, next, weight);
  }
  if (here !== weight) return refuse(steps, here, weight);
  const skip = { pauseConditions: null, currentStepIndex: index + 1 };
  if (isInconclusive) return { ...unpause, status: { ...skip, controllerPause: false } };
  const step = steps[index] ?? {};
  // Argo's own analysis is still under way: whoever promotes has judged by other means.
  const isJudging = 'analysis' in step || 'experiment' in step;
  return isJudging ? { ...unpause, status: skip } : unpause;
}

/** What brings all traffic without the steps between. */
export function promoteFull(read: RolloutRead, version: string): PromotionPatches {
  requirePresent(read, version);
  const unpause = read.rollout.spec.paused ? { spec: { paused: false } } : {};
  return read.isPromoted ? unpause : { ...unpause, status: { promoteFull: true } };
}

function requirePresent({ present }: RolloutRead, version: string): void {
  if (present !== version)
    throw new DriverError(
      `The Rollout has ${present ?? 'no version'}, not ${version}. Deploy ${version} to it, then try again.`,
    );
}

function refuse(steps: Parameters<typeof stopsOf>[0], found: number, wanted: number): never {
  throw new DriverError(
    `The Rollout stops next at ${found} %, not at ${wanted} %. Its steps stop at ${stopsOf(steps).join(', ')} %: plan these phases, or change its steps.`,
  );
}
