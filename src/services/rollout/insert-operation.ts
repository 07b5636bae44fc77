import type { Json } from '../../core/audit/canonical-json.ts';
import type { Release } from '../../db/queries/load-release.ts';
import { actorId } from '../kernel/context.ts';
import { actorName } from '../kernel/permissions.ts';
import type { Scope } from '../kernel/verb.ts';

/** Writes a confirmed operation with its audit event, and requests the one who carries it out. */
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
  await scope.tx.$client.query({
    name: 'insert-operation',
    text: `insert into operations (id, release_id, kind, state, from_percent, to_percent, phase_index, reason,
        requested_by, requested_by_name, requested_at, requested_wall)
      values ($1, $2, $3, 'confirmed', $4, $5, $6, $7, $8, $9, $10, $11)`,
    values: [
      id,
      release.id,
      operation.kind,
      operation.fromPercent,
      operation.toPercent,
      operation.phaseIndex,
      operation.reason,
      actorId(actor),
      actorName(release, actor),
      new Date(scope.now),
      new Date(scope.ctx.clock.wall()),
    ],
  });
  const details = {
    ...evidence,
    fromPercent: operation.fromPercent,
    toPercent: operation.toPercent,
    reason: operation.reason,
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
