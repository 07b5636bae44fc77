import { and, asc, eq, inArray, isNull, sql } from 'drizzle-orm';
import { underWayStates } from '../../core/release/release-state.ts';
import { productLocks } from '../schema/product-locks.ts';
import { releases } from '../schema/release.ts';
import type { Queries } from '../transaction.ts';

/** A lock in force; `lockedAt` is epoch ms. */
export interface ProductLock {
  id: string;
  product: string;
  releaseId: string;
  releaseKey: string;
  reason: string;
  ownerId: string;
  ownerName: string;
  lockedAt: number;
}

const columns = {
  id: productLocks.id,
  product: productLocks.product,
  releaseId: productLocks.releaseId,
  releaseKey: releases.key,
  reason: productLocks.reason,
  ownerId: productLocks.ownerId,
  ownerName: productLocks.ownerName,
  lockedAt: productLocks.lockedAt,
};

/** The lock that holds for a product; null: it is not locked. */
export async function findProductLock(db: Queries, product: string): Promise<ProductLock | null> {
  const isOfProduct = sql`lower(${productLocks.product}) = lower(${product})`;
  const [row] = await db
    .select(columns)
    .from(productLocks)
    .innerJoin(releases, eq(releases.id, productLocks.releaseId))
    .where(and(isOfProduct, isNull(productLocks.endedAt)));
  return row ? { ...row, lockedAt: row.lockedAt.getTime() } : null;
}

/** All locks in force, the oldest first. */
export async function listProductLocks(db: Queries): Promise<ProductLock[]> {
  const rows = await db
    .select(columns)
    .from(productLocks)
    .innerJoin(releases, eq(releases.id, productLocks.releaseId))
    .where(isNull(productLocks.endedAt))
    .orderBy(asc(productLocks.lockedAt));
  return rows.map((row) => ({ ...row, lockedAt: row.lockedAt.getTime() }));
}

/** The releases of a product that are under way, by their ids. */
export async function findUnderWayOf(db: Queries, product: string): Promise<string[]> {
  const isOfProduct = sql`lower(${releases.plan} ->> 'product') = lower(${product})`;
  const rows = await db
    .select({ id: releases.id })
    .from(releases)
    .where(and(isOfProduct, inArray(releases.state, [...underWayStates])));
  return rows.map(({ id }) => id);
}
