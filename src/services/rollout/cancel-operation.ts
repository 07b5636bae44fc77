import { and, eq, isNull } from 'drizzle-orm';
import type { OperationKind } from '../../core/rollout/operation-state.ts';
import type { Operation } from '../../db/queries/rollouts.ts';
import { operations } from '../../db/schema/rollout.ts';
import type { Scope } from '../kernel/scope.ts';

/** Ends an operation that is under way, since another one takes its place. `by`: what kind of one. */
export async function cancelOperation(
  scope: Scope,
  releaseId: string,
  { operation: { id, kind }, by }: { operation: Pick<Operation, 'id' | 'kind'>; by: OperationKind },
): Promise<void> {
  await scope.tx
    .update(operations)
    .set({
      state: 'cancelled',
      finishedAt: new Date(scope.now),
      finishedWall: new Date(scope.ctx.clock.wall()),
    })
    .where(and(eq(operations.id, id), isNull(operations.finishedAt)));
  scope.audit({ action: `operation.${kind}.cancelled`, releaseId, subject: id, details: { by } });
}
