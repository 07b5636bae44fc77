import { and, eq, isNull } from 'drizzle-orm';
import * as z from 'zod';
import { unlockedMessage } from '../../core/messages/lock-message.ts';
import { loadReleases } from '../../db/queries/load-release.ts';
import { findProductLock, findUnderWayOf } from '../../db/queries/product-locks.ts';
import { productLocks } from '../../db/schema/product-locks.ts';
import type { Ctx } from '../kernel/context.ts';
import { cancelTimers, deliver } from '../kernel/effects.ts';
import { loadForRequest } from '../kernel/load-for-request.ts';
import { actorName } from '../kernel/permissions.ts';
import { done, type Result, refuse } from '../kernel/result.ts';
import type { Scope } from '../kernel/scope.ts';
import { runVerb } from '../kernel/verb.ts';
import { destinationsFor } from '../release/destinations-for.ts';
import { wakePeople } from '../tasks/wake-people.ts';
import { redrawLocked } from './insert-lock.ts';

const inputSchema = z.object({ releaseKey: z.string().nullable() });

/** Lets the releases of a product go on. Its channel is told, and whoever has tasks in them hears of those again. */
export function unlockProduct(args: {
  ctx: Ctx;
  input: z.infer<typeof inputSchema>;
}): Promise<Result<{ product: string }>> {
  return runVerb({ name: 'product.unlock', input: inputSchema, run: unlock }, args);
}

async function unlock(
  scope: Scope,
  { releaseKey }: z.infer<typeof inputSchema>,
): Promise<Result<{ product: string }>> {
  const loaded = await loadForRequest(scope, releaseKey, 'product.lock');
  if (!loaded.ok) return loaded;
  const release = loaded.value;
  const { product } = release.plan;
  const by = actorName(release, scope.ctx.actor);
  const lock = await findProductLock(scope.tx, product);
  const ended = lock && (await endLock(scope, lock.id, by));
  if (!ended) return refuse('wrong-state', `${product} is not locked.`, { releaseId: release.id });
  const details = { product, reason: lock.reason, owner: lock.ownerName };
  scope.audit({ action: 'product.unlocked', releaseId: release.id, details });
  await cancelTimers(scope, lock.id);
  for (const other of await loadReleases(scope.tx, await findUnderWayOf(scope.tx, product)))
    await wakePeople(scope, other);
  await deliver(scope, {
    ...{ releaseId: release.id, to: destinationsFor(release, 'release'), subject: 'product-unlocked' },
    content: unlockedMessage({ product, by }),
  });
  await redrawLocked(scope, release);
  return done({ product });
}

/** False when somebody was faster. */
async function endLock({ tx, now }: Scope, id: string, endedByName: string): Promise<boolean> {
  const ended = await tx
    .update(productLocks)
    .set({ endedAt: new Date(now), endedByName })
    .where(and(eq(productLocks.id, id), isNull(productLocks.endedAt)))
    .returning({ id: productLocks.id });
  return ended.length === 1;
}
