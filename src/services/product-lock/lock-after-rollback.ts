import { lockOwnerMessage } from '../../core/messages/lock-message.ts';
import type { Release, ReleasePerson } from '../../db/queries/load-release.ts';
import { loadRollout } from '../../db/queries/rollouts.ts';
import { deliver } from '../kernel/effects.ts';
import { directMessageTo } from '../kernel/person-destination.ts';
import type { Scope } from '../kernel/scope.ts';
import { reachable } from '../kernel/who-may.ts';
import { insertLock } from './insert-lock.ts';

/**
 * Nothing of a product goes live after a rollback until somebody says that it may. The lock belongs to whoever looks for
 * the cause. A product that is locked already stays so.
 */
export async function lockAfterRollback(scope: Scope, release: Release): Promise<void> {
  const owner = findOwner(release);
  if (!owner) return;
  const { operations } = await loadRollout(scope.tx, release.id);
  const rollback = operations.find(({ kind, toPercent }) => kind === 'rollback' || toPercent === 0);
  const why = rollback?.reason ?? null;
  const reason = `${release.key} was rolled back${why === null ? '.' : `: ${why}`}`;
  if (!(await insertLock(scope, release, { reason, owner }))) return;
  const { product } = release.plan;
  await deliver(scope, {
    releaseId: release.id,
    to: directMessageTo(owner, { release }),
    subject: 'product-locked',
    content: lockOwnerMessage({ product, releaseKey: release.key, reason, owner }),
  });
}

/** Whoever looks for the cause, or leads the release; somebody who can be reached, if there is anybody. */
function findOwner(release: Release): ReleasePerson | undefined {
  const [owner] = reachable(release, ['engineering_lead', 'release_manager', 'devops_lead']);
  return owner ?? release.people.find(({ position }) => position === 'holder');
}
