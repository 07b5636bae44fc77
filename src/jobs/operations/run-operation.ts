import { loadRelease, type Release } from '../../db/queries/load-release.ts';
import { activeOperation, loadRollout, type Operation } from '../../db/queries/rollouts.ts';
import { backOffMs } from '../../lib/back-off.ts';
import { errorMessage } from '../../lib/error-message.ts';
import { asSystem } from '../../services/kernel/context.ts';
import { type DeploymentDriver, weightOn } from '../../services/ports/deployment-driver.ts';
import { advanceOperation } from '../../services/rollout/advance-operation.ts';
import type { JobServices } from '../job-services.ts';

/** How often the driver is tried before an operation counts as failed. A rollback is tried for longer. */
const maxAttempts = { promote: 5, rollback: 10 } as const;
/** How often, and how far apart in milliseconds, the target is read until it shows what was asked for. */
const verification = { reads: 5, everyMs: 300 };

/**
 * Carries out the operation of a release that has not ended, one committed step at a time, so that it
 * can be taken up again after a crash at any point. Should two jobs do so at once, each step is made by one
 * of them, and the driver is told the same twice, which its idempotent commands allow. Returns in how many
 * milliseconds it wants to be woken again, or null.
 */
export async function runOperation(jobs: JobServices, releaseId: string): Promise<number | null> {
  for (;;) {
    const release = await loadRelease(jobs.db, { id: releaseId });
    const operation = release && (await findUnfinished(jobs, releaseId));
    if (!release || !operation || jobs.stopping.aborted) return null;
    const wait = (operation.notBefore ?? 0) - jobs.clock.wall();
    if (wait > 0) return wait;
    await takeStep(jobs, release, operation);
  }
}

async function findUnfinished(jobs: JobServices, releaseId: string): Promise<Operation | null> {
  return activeOperation(await loadRollout(jobs.db, releaseId)) ?? null;
}

type Advance = (
  from: 'confirmed' | 'running' | 'verifying',
  to: 'running' | 'verifying' | 'succeeded' | 'not_taken' | 'failed',
  found?: { observedPercent?: number | null; error?: string | null },
) => Promise<unknown>;

interface Step {
  release: Release;
  operation: Operation;
  advance: Advance;
}

async function takeStep(jobs: JobServices, release: Release, operation: Operation): Promise<void> {
  const driver = jobs.driver(release.plan.rollout.driver);
  const advance: Advance = (from, to, { observedPercent = null, error = null } = {}) =>
    advanceOperation({
      ctx: asSystem(jobs, 'rollout'),
      input: { releaseId: release.id, operationId: operation.id, from, to, observedPercent, error },
    });
  switch (operation.state) {
    case 'confirmed':
      return void (await advance('confirmed', 'running'));
    case 'running':
      if (driver) return command(jobs, driver, { release, operation, advance });
      return void (await advance('running', 'failed', {
        error: `No driver "${release.plan.rollout.driver}" is configured.`,
      }));
    case 'verifying':
      if (!driver) throw new Error('a driver vanished from the configuration in mid-operation');
      return verify(jobs, driver, { release, operation, advance });
    case 'succeeded':
    case 'not_taken':
    case 'failed':
    case 'cancelled':
      throw new Error(`operation ${operation.id} has ended`);
  }
}

/** Calls the driver, which may have been called before: its commands are idempotent. */
async function command(
  jobs: JobServices,
  driver: DeploymentDriver,
  { release, operation, advance }: Step,
): Promise<void> {
  if (operation.kind === 'rollback' && (await isAnothersTarget(driver, { release, operation, advance })))
    return;
  try {
    if (operation.kind === 'rollback') await driver.rollBack({ operationId: operation.id });
    else {
      const { version } = release.plan;
      await driver.setWeight({ version, weight: operation.toPercent, operationId: operation.id });
    }
  } catch (error) {
    return retryOrFail(jobs, driver, { release, operation, advance }, error);
  }
  await advance('running', 'verifying');
}

/**
 * Whether the target rolls out another version: to roll that back would take its traffic, not this one's. Then the
 * operation has failed. A target that can't be read is no reason to wait with a rollback.
 */
async function isAnothersTarget(driver: DeploymentDriver, { release, advance }: Step): Promise<boolean> {
  const { version } = release.plan;
  const target = await driver.observe().catch(() => null);
  if (!target || target.candidateVersion === version) return false;
  const observedPercent = weightOn(target, version);
  if (target.weight === 0 && observedPercent === 0) return false;
  const has =
    target.weight === 0 ? `has ${version} as its stable version` : `rolls out ${target.candidateVersion}`;
  await advance('running', 'failed', {
    observedPercent,
    error: `The target ${has}, so there is nothing of ${version} that a rollback could take back. Nothing was changed.`,
  });
  return true;
}

async function retryOrFail(
  jobs: JobServices,
  driver: DeploymentDriver,
  step: Step,
  error: unknown,
): Promise<void> {
  const { operation } = step;
  const note = errorMessage(error);
  jobs.log.warn({ operationId: operation.id, attempts: operation.attempts + 1, note }, 'the driver failed');
  if (operation.attempts + 1 >= maxAttempts[operation.kind]) {
    return giveUp(driver, step, note);
  }
  await jobs.db.pool.query({
    name: 'operation-attempt',
    text: `update operations set attempts = attempts + 1, not_before = $2, error = $3
      where id = $1 and state = 'running'`,
    values: [
      operation.id,
      new Date(jobs.clock.wall() + backOffMs(operation.attempts + 1, jobs.random)),
      note,
    ],
  });
}

/** A command without an answer may have been carried out all the same: the target has the last word. */
async function giveUp(
  driver: DeploymentDriver,
  { release, operation, advance }: Step,
  note: string,
): Promise<void> {
  const observedPercent = await driver.observe().then(
    (target) => weightOn(target, release.plan.version),
    () => null,
  );
  if (observedPercent === operation.toPercent) await advance('running', 'verifying');
  else await advance('running', 'failed', { error: note, observedPercent });
}

/** Reads the target until it shows what was asked for, a bounded number of times. */
async function verify(
  jobs: JobServices,
  driver: DeploymentDriver,
  { release, operation, advance }: Step,
): Promise<void> {
  let observedPercent: number | null = null;
  let error: string | null = null;
  for (let read = 0; read < verification.reads; read += 1) {
    if (read > 0) await jobs.sleep(verification.everyMs);
    try {
      observedPercent = weightOn(await driver.observe(), release.plan.version);
      if (observedPercent === operation.toPercent)
        return void (await advance('verifying', 'succeeded', { observedPercent }));
    } catch (cause) {
      error = errorMessage(cause);
    }
  }
  await advance('verifying', 'not_taken', { observedPercent, error });
}
