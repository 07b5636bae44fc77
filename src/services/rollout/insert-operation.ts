import type { Json } from '../../core/audit/canonical-json.ts';
import type { OperationKind } from '../../core/rollout/operation-state.ts';
import { latestDecision } from '../../db/queries/decisions.ts';
import type { Release } from '../../db/queries/load-release.ts';
import { operations } from '../../db/schema/rollout.ts';
import { type Actor, actorId } from '../kernel/context.ts';
import { actorName } from '../kernel/permissions.ts';
import type { Scope } from '../kernel/scope.ts';

/**
 * Writes a confirmed operation with its audit event, and notifies the job that carries it out. `requester`: who asked,
 * where the actor is the second person who approved it.
 */
export async function insertOperation(
  scope: Scope,
  release: Release,
  operation: {
    kind: OperationKind;
    /** Null when it is not known. */
    fromPercent: number | null;
    toPercent: number;
    phaseIndex: number | null;
    reason: string | null;
  },
  evidence: { [key: string]: Json },
  requester: Actor = scope.ctx.actor,
): Promise<string> {
  const id = scope.ctx.newId();
  const { actor } = scope.ctx;
  const requestedBy = actorId(requester);
  const decision = (await latestDecision(scope.tx, release.id))?.id ?? null;
  await scope.tx.insert(operations).values({
    id,
    releaseId: release.id,
    state: 'confirmed',
    target: release.plan.rollout.driver,
    ...operation,
    decisionId: decision,
    requestedBy,
    requestedByName: actorName(release, requester),
    requestedAt: new Date(scope.now),
    requestedWall: new Date(scope.ctx.clock.wall()),
  });
  const details = {
    ...evidence,
    fromPercent: operation.fromPercent,
    toPercent: operation.toPercent,
    reason: operation.reason,
    ...(requester === actor ? {} : { requestedBy, approvedBy: actorName(release, actor) }),
    decision,
  };
  scope.audit({
    action: `operation.${operation.kind}.requested`,
    releaseId: release.id,
    subject: id,
    details,
  });
  scope.notify({ job: 'operation', releaseId: release.id });
  return id;
}
