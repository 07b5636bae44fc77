import { bold, command } from '../../core/card/card.ts';
import { type Line, line } from '../../core/card/line.ts';
import { localDate } from '../../core/card/local-date.ts';
import { shortReason } from '../../core/messages/reason.ts';
import type { Plan } from '../../core/plan/plan.ts';
import type { Release } from '../../db/queries/load-release.ts';
import { findProductLock, type ProductLock } from '../../db/queries/product-locks.ts';
import type { Queries } from '../../db/transaction.ts';
import { type Refusal, refuse } from './result.ts';
import type { Scope } from './scope.ts';

/** Why nothing of a product goes live now, and who can change that; null: it is not locked. */
export async function lockedProduct(
  db: Queries,
  { product, goLive: { zone } }: Pick<Plan, 'product' | 'goLive'>,
): Promise<Line | null> {
  const lock = await findProductLock(db, product);
  return lock && describeLock(lock, zone);
}

/** `Web shop has been locked since …, by Emil Novak: reason. …`; who owns it, and how it is unlocked. */
function describeLock({ product, lockedAt, ownerName, reason, releaseKey }: ProductLock, zone: string): Line {
  return line`${product} has been locked since ${localDate(lockedAt, zone)}: ${shortReason(reason)} Who owns the lock: ${bold(ownerName)}. Once it is safe to go on, unlock it with ${command('release', `unlock ${releaseKey}`)}.`;
}

/** Why a release gets no new go-live; null: the product of its plan is not locked. */
export async function refuseLockedGoLive(
  scope: Scope,
  release: Release,
  plan: Plan,
): Promise<Refusal | null> {
  const message = await lockedProduct(scope.tx, plan);
  return message === null ? null : refuse('conditions-unmet', message, { releaseId: release.id }).refusal;
}
