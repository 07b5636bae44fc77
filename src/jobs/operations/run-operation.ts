import { loadRelease } from '../../db/queries/load-release.ts';
import { activeOperation, loadRollout } from '../../db/queries/rollouts.ts';
import { maxBackOffMs } from '../../lib/back-off.ts';
import { leftToWait } from '../../lib/left-to-wait.ts';
import { chooseCommand, explainMissingCommand } from '../../services/rollout/choose-command.ts';
import type { JobServices } from '../job-services.ts';
import { giveCommand } from './give-command.ts';
import { advance, type OperationStep } from './operation-step.ts';
import { verifyTarget } from './verify-target.ts';

/**
 * Carries out the operation of a release that has not ended, one committed step at a time, so that it
 * can be taken up again after a crash at any point. Should two jobs do so at once, each step is made by one
 * of them, and the target gets the same command twice, which drivers allow for. Returns in how many
 * milliseconds it wants to be called again, or null.
 */
export async function runOperation(jobs: JobServices, releaseId: string): Promise<number | null> {
  let begun: string | null = null;
  for (;;) {
    const release = await loadRelease(jobs.db, { id: releaseId });
    const rollout = release && (await loadRollout(jobs.db, releaseId));
    const operation = rollout && activeOperation(rollout);
    if (!release || !operation || jobs.stopping.aborted) return null;
    const waitMs = leftToWait(operation.notBefore ?? 0, jobs.clock.wall(), maxBackOffMs);
    if (waitMs > 0) return waitMs;
    const at = { jobs, release, operation, rolloutState: rollout.state };
    if (operation.state === 'confirmed') {
      if (await advance(at, { from: 'confirmed', to: 'running' })) begun = operation.id;
      continue;
    }
    // Begun by another job, or tried before: the command may have reached the target.
    await takeStep(at, { mayBeGiven: begun !== operation.id || operation.attempts > 0 });
  }
}

type At = Pick<OperationStep, 'jobs' | 'release' | 'operation' | 'rolloutState'>;

async function takeStep(at: At, { mayBeGiven }: { mayBeGiven: boolean }): Promise<unknown> {
  const { state } = at.operation;
  switch (state) {
    case 'running':
    case 'verifying': {
      const driven = findDriver(at);
      if ('error' in driven) return advance(at, { from: state, to: 'failed' }, driven);
      const step: OperationStep = { ...at, ...driven };
      return state === 'running' ? giveCommand(step, { mayBeGiven }) : verifyTarget(step);
    }
    case 'confirmed':
    case 'succeeded':
    case 'not_taken':
    case 'failed':
    case 'cancelled':
      throw new Error(`operation ${at.operation.id} is ${state}: no driver has anything to do`);
  }
}

/** The driver and its command, or why there is none for this operation. */
function findDriver({ jobs, operation }: At): Pick<OperationStep, 'driver' | 'command'> | { error: string } {
  const { target } = operation;
  const driver = jobs.driver(target);
  if (!driver) return { error: `No driver "${target}" is configured.` };
  const command = chooseCommand(driver, operation);
  return command ? { driver, command } : { error: explainMissingCommand(target, operation, driver) };
}
