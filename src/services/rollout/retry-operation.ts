import type { OperationKind } from '../../core/rollout/operation-state.ts';
import { loadRollout } from '../../db/queries/rollouts.ts';
import type { Ctx } from '../kernel/context.ts';
import { done, type Result, refuse } from '../kernel/result.ts';
import { findRelease } from '../release/find-release.ts';
import { abortRollout } from './abort-rollout.ts';
import { promoteRollout } from './promote-rollout.ts';
import { rollBackRollout } from './roll-back-rollout.ts';

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
  input: { releaseKey, operationId = null },
}: {
  ctx: Ctx;
  input: { releaseKey: string | null; operationId?: string | null };
}): Promise<Result<RetriedOperation>> {
  const found = await findRelease(ctx, releaseKey);
  if (!found.ok) return found;
  const { id: releaseId, key } = found.value;
  const [latest] = (await loadRollout(ctx.db, releaseId)).operations;
  if (operationId !== null && latest?.id !== operationId) {
    const message = `Something else has happened to ${key} since you were shown this. Look at its card.`;
    return refuse('conflict', message, { releaseId });
  }
  if (latest?.state !== 'failed' && latest?.state !== 'not_taken')
    return refuse('wrong-state', `Nothing of ${key} has failed that could be tried again.`, { releaseId });
  const { kind, toPercent } = latest;
  const again = await repeat(ctx, key, latest);
  if (!again.ok) return again;
  return done({ releaseKey: key, kind, toPercent, isAwaited: again.value });
}

/** Whether it waits for a second person, once it is asked for. */
async function repeat(
  ctx: Ctx,
  releaseKey: string,
  { kind, toPercent, reason: given }: { kind: OperationKind; toPercent: number; reason: string | null },
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
