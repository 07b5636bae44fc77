import type { Json } from '../../core/audit/canonical-json.ts';
import type { RolloutState } from '../../core/rollout/decide-promotion.ts';
import { type TargetState, weightOn } from '../../core/rollout/target-state.ts';
import type { Release } from '../../db/queries/load-release.ts';
import type { Operation } from '../../db/queries/rollouts.ts';
import { asSystem } from '../../services/kernel/context.ts';
import type { CommandCall, DeploymentDriver } from '../../services/ports/deployment-driver.ts';
import { advanceOperation } from '../../services/rollout/advance-operation.ts';
import { type ChosenCommand, targetOf } from '../../services/rollout/choose-command.ts';
import type { JobServices } from '../job-services.ts';

/** One operation at one step, with what its target is driven by. */
export interface OperationStep {
  jobs: JobServices;
  release: Release;
  operation: Operation;
  rolloutState: RolloutState;
  driver: DeploymentDriver;
  command: ChosenCommand;
}

type From = 'confirmed' | 'running' | 'verifying';
type To = 'running' | 'verifying' | 'succeeded' | 'not_taken' | 'failed';
interface Found {
  observedPercent?: number | null;
  error?: string | null;
  taken?: { handle: Json | null; deadlineAt: number } | null;
}

/** Commits one step of an operation; false when it was not where it was seen any more. */
export async function advance(
  { jobs, release, operation }: Pick<OperationStep, 'jobs' | 'release' | 'operation'>,
  { from, to }: { from: From; to: To },
  { observedPercent = null, error = null, taken = null }: Found = {},
): Promise<boolean> {
  const advanced = await advanceOperation({
    ctx: asSystem(jobs, 'rollout'),
    input: { releaseId: release.id, operationId: operation.id, from, to, observedPercent, error, taken },
  });
  return advanced.ok && advanced.value.moved;
}

/** What a driver's calls for this operation are about. */
export function callOf({ release, operation }: OperationStep): CommandCall {
  const target = { ...targetOf(release), name: operation.target };
  return { target, operation: { id: operation.id, returned: operation.handle } };
}

/** The target as it is now. @throws DriverError when it can't be read. */
export async function observeTarget(step: OperationStep): Promise<TargetState> {
  const target = await step.driver.observe(callOf(step));
  const { version } = step.release.plan;
  return takesItsSideBack(step) && target.stableVersion !== version
    ? { ...target, candidateVersion: version }
    : target;
}

/**
 * Whether the candidate's side is this release's, whatever version its instances tell by now: while a release is rolled
 * out, its target has no other. Once it was completed, the next one may have come by other means.
 */
function takesItsSideBack({ driver, operation, rolloutState }: OperationStep): boolean {
  const isBack = operation.kind === 'rollback' || operation.kind === 'abort';
  return driver.hasNamedSides === true && isBack && rolloutState !== 'completed';
}

/** What the operation wants of its target. */
export function wantedOf({ release, operation, driver }: OperationStep) {
  return {
    version: release.plan.version,
    weight: operation.toPercent,
    tolerance: driver.weightTolerance,
    isPause: operation.kind === 'pause',
  };
}

/** Percent of traffic that the target has on the release's version. */
export function observedPercentOf({ release }: OperationStep, target: TargetState): number {
  return weightOn(target, release.plan.version);
}
