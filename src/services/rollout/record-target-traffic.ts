import { eq } from 'drizzle-orm';
import * as z from 'zod';
import { trafficReadMessage } from '../../core/messages/traffic-read-message.ts';
import { lockRelease } from '../../db/queries/lock-release.ts';
import { activeOperation, knownTrafficPercent, loadRollout } from '../../db/queries/rollouts.ts';
import { operations, rollouts } from '../../db/schema/rollout.ts';
import { notifyReleaseManager } from '../delivery/notice.ts';
import type { Ctx } from '../kernel/context.ts';
import { deliver } from '../kernel/effects.ts';
import { checkSystem } from '../kernel/permissions.ts';
import { done, type Result } from '../kernel/result.ts';
import type { Scope } from '../kernel/scope.ts';
import { runVerb } from '../kernel/verb.ts';
import { destinationsFor } from '../release/destinations-for.ts';

const inputSchema = z.object({
  releaseId: z.uuid(),
  /** The last operation, ended before the target was read; another one since makes the reading worthless. */
  operationId: z.uuid(),
  /** Percent, as read from the target. */
  observedPercent: z.number().min(0).max(100),
  /** Nothing that tminus did can have changed it: the release manager is notified, too. */
  isUnexpected: z.boolean().default(false),
});
type Input = z.output<typeof inputSchema>;

/** Records and announces that the target has another weight than was announced after the last operation. */
export function recordTargetTraffic(args: {
  ctx: Ctx;
  input: z.input<typeof inputSchema>;
}): Promise<Result<{ recorded: boolean }>> {
  return runVerb({ name: 'rollout.record-traffic', input: inputSchema, run: record }, args);
}

async function record(
  scope: Scope,
  { releaseId, operationId, observedPercent, isUnexpected }: Input,
): Promise<Result<{ recorded: boolean }>> {
  const refusal = checkSystem(scope.ctx.actor, { releaseId });
  if (refusal) return { ok: false, refusal };
  const release = await lockRelease(scope.tx, { id: releaseId });
  if (!release) return done({ recorded: false });
  const rollout = await loadRollout(scope.tx, releaseId);
  const announced = knownTrafficPercent(rollout);
  const isLatest = rollout.operations[0]?.id === operationId && !activeOperation(rollout);
  if (!isLatest || announced === observedPercent) return done({ recorded: false });
  await scope.tx.update(operations).set({ observedPercent }).where(eq(operations.id, operationId));
  await scope.tx
    .update(rollouts)
    .set({ trafficPercent: observedPercent })
    .where(eq(rollouts.releaseId, releaseId));
  const details = { announced, observedPercent, operationId };
  scope.audit({ action: 'rollout.traffic-read', releaseId, subject: releaseId, details });
  const content = trafficReadMessage({
    releaseKey: release.key,
    observedPercent,
    announcedPercent: announced,
  });
  await deliver(scope, {
    releaseId,
    to: destinationsFor(release, 'release'),
    subject: 'traffic-read',
    content,
  });
  if (isUnexpected) await notifyReleaseManager(scope, release, { kind: 'traffic', content });
  scope.invalidateCards(releaseId);
  return done({ recorded: true });
}
