import { eq } from 'drizzle-orm';
import * as z from 'zod';
import { lockedMessage } from '../../core/messages/lock-message.ts';
import type { Release, ReleasePerson } from '../../db/queries/load-release.ts';
import { findProductLock, type ProductLock } from '../../db/queries/product-locks.ts';
import { productLocks } from '../../db/schema/product-locks.ts';
import type { Ctx } from '../kernel/context.ts';
import { deliver } from '../kernel/effects.ts';
import { loadForRequest, rightTo } from '../kernel/load-for-request.ts';
import { actorName } from '../kernel/permissions.ts';
import { reasonSchema } from '../kernel/reason-schema.ts';
import { done, type Result, refuse } from '../kernel/result.ts';
import type { Scope } from '../kernel/scope.ts';
import { eachOnce } from '../kernel/stand-ins.ts';
import { runVerb } from '../kernel/verb.ts';
import { destinationsFor } from '../release/destinations-for.ts';
import { insertLock, redrawLocked } from './insert-lock.ts';

const namedSchema = z.object({ releaseKey: z.string().nullable() });
const inputSchema = z.object({
  releaseKey: z.string().nullable(),
  reason: reasonSchema('A lock needs a reason: say what has to be done before anything goes live again.'),
  /** One of the release's people. */
  ownerId: z.string(),
});
type Input = z.infer<typeof inputSchema>;

/** What the form shows. */
export interface LockFacts {
  releaseKey: string;
  product: string;
  /** The lock that holds; null: there is none yet. */
  lock: ProductLock | null;
  people: readonly ReleasePerson[];
}

/** Whether somebody may lock a product now, or change its lock: asked before the form opens. */
export function prepareLock(args: {
  ctx: Ctx;
  input: z.infer<typeof namedSchema>;
}): Promise<Result<LockFacts>> {
  const run = async (scope: Scope, { releaseKey }: z.infer<typeof namedSchema>) => {
    const loaded = await loadForRequest(scope, releaseKey, 'product.lock');
    if (!loaded.ok) return loaded;
    const { key, plan, people } = loaded.value;
    const lock = await findProductLock(scope.tx, plan.product);
    return done({ releaseKey: key, product: plan.product, lock, people: eachOnce(people) });
  };
  return runVerb({ name: 'product.lock', input: namedSchema, run }, args);
}

export interface LockedProduct {
  product: string;
  releaseKey: string;
  ownerName: string;
  /** It was not locked before. */
  isNew: boolean;
}

/** Locks the product of a release, or changes reason and owner of its lock. Its channel is told. */
export function lockProduct(args: {
  ctx: Ctx;
  input: z.input<typeof inputSchema>;
}): Promise<Result<LockedProduct>> {
  const checkRight = rightTo('product.lock');
  return runVerb({ name: 'product.lock', input: inputSchema, run: lock, checkRight }, args);
}

async function lock(scope: Scope, { releaseKey, reason, ownerId }: Input): Promise<Result<LockedProduct>> {
  const loaded = await loadForRequest(scope, releaseKey, 'product.lock');
  if (!loaded.ok) return loaded;
  const release = loaded.value;
  const about = { releaseId: release.id };
  const owner = release.people.find(({ personId }) => personId === ownerId);
  if (!owner) {
    const message = `Choose who owns the lock among the people of ${release.key}.`;
    return refuse('invalid', message, { ...about, field: 'owner' });
  }
  const before = await findProductLock(scope.tx, release.plan.product);
  if (before?.reason === reason && before.ownerId === ownerId)
    return refuse('wrong-state', 'That is what the lock says already. Nothing was changed.', about);
  if (before) await changeLock(scope, release, { before, reason, owner });
  else await insertLock(scope, release, { reason, owner });
  const { product } = release.plan;
  const isNew = before === null;
  const by = actorName(release, scope.ctx.actor);
  await deliver(scope, {
    ...{ ...about, to: destinationsFor(release, 'release'), subject: 'product-locked' },
    content: lockedMessage({ product, releaseKey: release.key, reason, owner, by, isNew }),
  });
  return done({ product, releaseKey: release.key, ownerName: owner.name, isNew });
}

async function changeLock(
  scope: Scope,
  release: Release,
  { before, reason, owner }: { before: ProductLock; reason: string; owner: ReleasePerson },
): Promise<void> {
  await scope.tx
    .update(productLocks)
    .set({ reason, ownerId: owner.personId, ownerName: owner.name })
    .where(eq(productLocks.id, before.id));
  const details = {
    product: before.product,
    ...{ reason, owner: owner.name },
    before: { reason: before.reason, owner: before.ownerName },
  };
  scope.audit({ action: 'product.lock-changed', releaseId: release.id, details });
  await redrawLocked(scope, release);
}
