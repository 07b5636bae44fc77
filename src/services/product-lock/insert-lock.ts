import type { Release, ReleasePerson } from '../../db/queries/load-release.ts';
import { findUnderWayOf } from '../../db/queries/product-locks.ts';
import { productLocks } from '../../db/schema/product-locks.ts';
import { setTimer } from '../kernel/effects.ts';
import { actorName } from '../kernel/permissions.ts';
import type { Scope } from '../kernel/scope.ts';
import { lockReminderEveryMs, lockReminderKind } from './lock-subject.ts';

/** Locks the product of a release; false, and nothing written, when it is locked already. Nobody is told. */
export async function insertLock(
  scope: Scope,
  release: Release,
  { reason, owner }: { reason: string; owner: ReleasePerson },
): Promise<boolean> {
  const id = scope.ctx.newId();
  const { product } = release.plan;
  const inserted = await scope.tx
    .insert(productLocks)
    .values({
      ...{ id, product, releaseId: release.id, reason },
      ownerId: owner.personId,
      ownerName: owner.name,
      lockedAt: new Date(scope.now),
      lockedByName: actorName(release, scope.ctx.actor),
    })
    .onConflictDoNothing()
    .returning({ id: productLocks.id });
  if (inserted.length === 0) return false;
  const details = { product, reason, owner: owner.name };
  scope.audit({ action: 'product.locked', releaseId: release.id, details });
  await setTimer(scope, {
    ...{ releaseId: release.id, kind: lockReminderKind, subjectId: id },
    dueAt: scope.now + lockReminderEveryMs,
  });
  await redrawLocked(scope, release);
  return true;
}

/** The cards of a product's releases say whether it is locked. */
export async function redrawLocked(scope: Scope, { id, plan }: Release): Promise<void> {
  scope.invalidateCards(id);
  for (const other of await findUnderWayOf(scope.tx, plan.product)) scope.invalidateCards(other);
}
