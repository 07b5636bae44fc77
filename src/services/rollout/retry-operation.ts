import * as z from 'zod';
import type { OperationKind } from '../../core/rollout/operation-state.ts';
import type { Operation } from '../../db/queries/rollouts.ts';
import type { Ctx } from '../kernel/context.ts';
import { loadRolloutForRequest, rightTo } from '../kernel/load-for-request.ts';
import { done, type Result, refuse } from '../kernel/result.ts';
import type { Scope } from '../kernel/scope.ts';
import { runVerb } from '../kernel/verb.ts';
import { abortRollout } from './abort-rollout.ts';
import { promoteRollout } from './promote-rollout.ts';
import { rollBackRollout } from './roll-back-rollout.ts';

const inputSchema = z.object({
  releaseKey: z.string().nullable(),
  /** Which one they were shown; null: whichever was last. */
  operationId: z.uuid().nullable().default(null),
});

export interface RetriedOperation {
  releaseKey: string;
  kind: OperationKind;
  /** Percent. */
  toPercent: number;
  /** It waits for a second person. */
  isAwaited: boolean;
}

/**
 * Repeats the last operation of a release, if it failed or did not take effect: as if whoever asks had asked for it anew,
 * with the same checks and rights. `operationId`: which one they were shown, so that nothing else is repeated.
 */
export async function retryOperation({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: z.input<typeof inputSchema>;
}): Promise<Result<RetriedOperation>> {
  const checkRight = rightTo('rollout.retry');
  const verb = { name: 'rollout.retry', input: inputSchema, run: findFailed, checkRight };
  const found = await runVerb(verb, { ctx, input });
  if (!found.ok) return found;
  const { releaseKey, kind, toPercent } = found.value;
  const again = await repeat(ctx, found.value);
  return again.ok ? done({ releaseKey, kind, toPercent, isAwaited: again.value }) : again;
}

/** What is repeated. */
interface FailedOperation extends Pick<Operation, 'kind' | 'toPercent' | 'reason'> {
  releaseKey: string;
}

async function findFailed(
  scope: Scope,
  { releaseKey, operationId }: z.output<typeof inputSchema>,
): Promise<Result<FailedOperation>> {
  const loaded = await loadRolloutForRequest(scope, releaseKey, 'rollout.retry');
  if (!loaded.ok) return loaded;
  const { release, rollout } = loaded.value;
  const { id: releaseId, key } = release;
  const [latest] = rollout.operations;
  if (operationId !== null && latest?.id !== operationId) {
    const message = `Something else has happened to ${key} since you were shown this. Look at its card.`;
    return refuse('conflict', message, { releaseId });
  }
  if (latest?.state !== 'failed' && latest?.state !== 'not_taken')
    return refuse('wrong-state', `Nothing of ${key} has failed that could be tried again.`, { releaseId });
  const { kind, toPercent, reason } = latest;
  return done({ releaseKey: key, kind, toPercent, reason });
}

/** Whether it waits for a second person, once it is asked for. */
async function repeat(
  ctx: Ctx,
  { releaseKey, kind, toPercent, reason: given }: FailedOperation,
): Promise<Result<boolean>> {
  const reason = given ?? 'It was tried again.';
  switch (kind) {
    case 'promote':
    case 'resume': {
      const result = await promoteRollout({ ctx, input: { releaseKey, target: toPercent } });
      return result.ok ? done(result.value.awaits !== null) : result;
    }
    case 'rollback':
      return asDone(await rollBackRollout({ ctx, input: { releaseKey, reason } }));
    case 'abort':
      return asDone(await abortRollout({ ctx, input: { releaseKey, reason } }));
    case 'pause':
      return refuse(
        'wrong-state',
        `A pause of ${releaseKey} is not tried again. Abort it, roll it back, or resume.`,
      );
  }
}

function asDone(result: Result<unknown>): Result<boolean> {
  return result.ok ? done(false) : result;
}
