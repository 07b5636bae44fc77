import { localDate } from '../../core/card/local-date.ts';
import { lockReminder } from '../../core/messages/lock-message.ts';
import type { Release } from '../../db/queries/load-release.ts';
import { findProductLock } from '../../db/queries/product-locks.ts';
import { deliver, setTimer } from '../kernel/effects.ts';
import { directMessageTo } from '../kernel/person-destination.ts';
import type { Scope } from '../kernel/scope.ts';
import { lockReminderEveryMs, lockReminderKind } from './lock-subject.ts';

/** Reminds whoever owns a lock that still holds, and sets when they are reminded next. */
export async function remindLockOwner(scope: Scope, release: Release, lockId: string): Promise<void> {
  const lock = await findProductLock(scope.tx, release.plan.product);
  if (lock?.id !== lockId) return;
  const { product, reason, ownerId, ownerName } = lock;
  const owner = release.people.find(({ personId }) => personId === ownerId);
  if (owner) {
    const since = localDate(lock.lockedAt, release.plan.goLive.zone);
    const facts = { product, releaseKey: release.key, reason, owner, since };
    await deliver(scope, {
      ...{ releaseId: release.id, to: directMessageTo(owner, { release }), subject: 'lock-reminder' },
      content: lockReminder(facts),
    });
    const details = { product, owner: ownerName };
    scope.audit({ action: 'product.lock-reminded', releaseId: release.id, details });
  }
  const dueAt = scope.now + lockReminderEveryMs;
  await setTimer(scope, { releaseId: release.id, kind: lockReminderKind, subjectId: lockId, dueAt });
}
