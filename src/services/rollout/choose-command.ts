import type { Json } from '../../core/audit/canonical-json.ts';
import { command } from '../../core/card/card.ts';
import { type Line, line } from '../../core/card/line.ts';
import { describePercent } from '../../core/rollout/describe-percent.ts';
import type { OperationKind } from '../../core/rollout/operation-state.ts';
import { isWeightReached } from '../../core/rollout/target-state.ts';
import type { Release } from '../../db/queries/load-release.ts';
import { refuse } from '../kernel/result.ts';
import {
  type CommandCall,
  type DeploymentDriver,
  type DeploymentTarget,
  DriverError,
} from '../ports/deployment-driver.ts';

/** What an operation wants of its target. */
export interface WantedOperation {
  kind: OperationKind;
  /** Percent of traffic on the new version. */
  toPercent: number;
}

/** The command that carries an operation out. */
export interface ChosenCommand {
  /** Milliseconds from the accepted command to its result. */
  deadlineMs: number;
  run(call: CommandCall): Promise<Json | null>;
}

/** A target that is only looked at answers at once. */
const lookDeadlineMs = 30_000;

/** Chooses among the commands that the target has; null when it can't do what is wanted. */
export function chooseCommand(driver: DeploymentDriver, wanted: WantedOperation): ChosenCommand | null {
  const { rollBack, abort, pause, resume } = driver.commands;
  switch (wanted.kind) {
    case 'rollback':
      return rollBack ?? null;
    case 'pause':
      return pause ?? null;
    case 'resume':
      return resume ?? null;
    case 'abort':
      // What can be given up there is; else its traffic is taken back.
      return abort ?? shareCommand(driver, 0);
    case 'promote':
      return promoteCommand(driver, wanted.toPercent);
  }
}

function promoteCommand(driver: DeploymentDriver, weight: number): ChosenCommand | null {
  const { promote } = driver.commands;
  if (weight === 100 && promote) return promote;
  const toWeight = shareCommand(driver, weight);
  if (toWeight) return toWeight;
  // Where there are no shares, a version without traffic is one that is deployed and waits.
  return weight === 0 && promote ? { deadlineMs: lookDeadlineMs, run: (call) => look(driver, call) } : null;
}

function shareCommand(driver: DeploymentDriver, weight: number): ChosenCommand | null {
  const { setWeight, promoteStep } = driver.commands;
  const toWeight = setWeight && nearestShare(driver, weight) === null ? setWeight : promoteStep;
  if (!toWeight) return null;
  return { deadlineMs: toWeight.deadlineMs, run: (call) => toWeight.run({ ...call, weight }) };
}

/** The share that a target would have instead of a percentage; null when it can have that one, or can't be set to any. */
function nearestShare({ commands, weightTolerance }: DeploymentDriver, percent: number): number | null {
  const nearest = commands.setWeight?.nearestWeight?.(percent);
  return nearest === undefined || isWeightReached(nearest, percent, weightTolerance) ? null : nearest;
}

async function look(driver: DeploymentDriver, call: CommandCall): Promise<null> {
  const { candidateVersion } = await driver.observe(call);
  const { version } = call.target;
  if (candidateVersion === version) return null;
  const found = candidateVersion === null ? 'nothing besides the version before' : candidateVersion;
  throw new DriverError(`${version} is not deployed: the target has ${found}.`);
}

/** What a target can't do, and what is left to do, in whole sentences. */
export function explainMissingCommand(
  target: string,
  wanted: WantedOperation,
  driver: DeploymentDriver,
): string {
  switch (wanted.kind) {
    case 'rollback':
      return `The target "${target}" offers no rollback that tminus could use. Roll back there by hand.`;
    case 'abort':
      return `The target "${target}" offers no way to abort that tminus could use. Roll back instead.`;
    case 'pause':
    case 'resume':
      return `The target "${target}" can't be paused in the middle of a promotion. Wait for its result, abort it, or roll back.`;
    case 'promote': {
      const nearest = nearestShare(driver, wanted.toPercent);
      const why = nearest === null ? '' : `: the nearest is ${describePercent(nearest)} %`;
      return `The target "${target}" can't be set to ${describePercent(wanted.toPercent)} % by tminus${why}. Change the phases of the plan, or promote it there by hand.`;
    }
  }
}

/** Refuses, before anything is done, what the release's target can't do. */
export function refuseMissingCommand(driver: DeploymentDriver, release: Release, wanted: WantedOperation) {
  if (chooseCommand(driver, wanted)) return null;
  return refuseCommand(
    release,
    wanted.kind,
    explainMissingCommand(release.plan.rollout.driver, wanted, driver),
  );
}

/** Without a driver tminus can neither change the traffic nor read it, and says what is done instead. */
export function refuseMissingDriver(release: Release, kind: WantedOperation['kind']) {
  const isBack = kind === 'rollback' || kind === 'abort';
  const instead = isBack ? 'Roll back' : 'Deploy it';
  const record = command('release', `record ${release.key} ${isBack ? 'rolled back' : 'deployed 50%'}`);
  const share = isBack ? '' : ', with its share of traffic';
  const reason = line`No driver "${release.plan.rollout.driver}" is configured, so tminus can neither change the traffic nor read it. ${instead} with your own pipeline, then record it with ${record}${share}.`;
  return refuseCommand(release, kind, reason);
}

const participles: Readonly<Record<OperationKind, string>> = {
  promote: 'promoted',
  rollback: 'rolled back',
  abort: 'aborted',
  pause: 'paused',
  resume: 'resumed',
};

function refuseCommand(release: Release, kind: WantedOperation['kind'], reason: Line) {
  return refuse('conditions-unmet', `${release.key} can't be ${participles[kind]} by tminus.`, {
    reasons: [reason],
    releaseId: release.id,
  });
}

/** What the calls of a release's driver are about. */
export function targetOf(release: Release): DeploymentTarget {
  return { name: release.plan.rollout.driver, version: release.plan.version };
}
