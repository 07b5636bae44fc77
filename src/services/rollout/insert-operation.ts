import type { Json } from '../../core/audit/canonical-json.ts';
import { latestDecision } from '../../db/queries/decisions.ts';
import type { Release } from '../../db/queries/load-release.ts';
import { operations } from '../../db/schema/rollout.ts';
import { actorId } from '../kernel/context.ts';
import { actorName } from '../kernel/permissions.ts';
import type { Scope } from '../kernel/scope.ts';

/** Writes a confirmed operation with its audit event, and notifies the job that carries it out. */
export async function insertOperation(
  scope: Scope,
  release: Release,
  operation: {
    kind: 'promote' | 'rollback';
    /** Null when it is not known. */
    fromPercent: number | null;
    toPercent: number;
    phaseIndex: number | null;
    reason: string | null;
  },
  evidence: { [key: string]: Json },
): Promise<string> {
  const id = scope.ctx.newId();
  const { actor } = scope.ctx;
  const decision = (await latestDecision(scope.tx, release.id))?.id ?? null;
  await scope.tx.insert(operations).values({
    id,
    releaseId: release.id,
    state: 'confirmed',
    target: release.plan.rollout.driver,
    ...operation,
    decisionId: decision,
    requestedBy: actorId(actor),
    requestedByName: actorName(release, actor),
    requestedAt: new Date(scope.now),
    requestedWall: new Date(scope.ctx.clock.wall()),
  });
  const details = {
    ...evidence,
    fromPercent: operation.fromPercent,
    toPercent: operation.toPercent,
    reason: operation.reason,
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
