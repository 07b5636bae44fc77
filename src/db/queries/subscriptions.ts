import { asc, eq, isNull, or, sql } from 'drizzle-orm';
import type { Wanted } from '../../core/subscriptions/subscription-words.ts';
import { identities } from '../schema/people.ts';
import { releases } from '../schema/release.ts';
import { subscriptions } from '../schema/subscriptions.ts';
import type { Queries } from '../transaction.ts';

/** What somebody gets copies of, in the order in which they asked. */
export async function loadSubscriptions(db: Queries, personId: string): Promise<(Wanted & { id: string })[]> {
  const { id, audience, productName: product } = subscriptions;
  return db
    .select({ id, audience, product })
    .from(subscriptions)
    .where(eq(subscriptions.personId, personId))
    .orderBy(asc(subscriptions.createdAt), asc(id));
}

/** The subscriptions that a product's message brings up, with the accounts of whoever has them. */
export function loadSubscribed(db: Queries, product: string) {
  const { personId, audience } = subscriptions;
  const { platform, platformId, isPreferred, unreachableSince } = identities;
  return db
    .select({ personId, audience, platform, platformId, isPreferred, unreachableSince })
    .from(subscriptions)
    .innerJoin(identities, eq(identities.personId, personId))
    .where(or(isNull(subscriptions.product), eq(subscriptions.product, product.toLowerCase())))
    .orderBy(asc(subscriptions.createdAt), asc(subscriptions.id), asc(platform), asc(platformId));
}

/** The products of which there are releases, by name; at most so many. */
export async function listProducts(db: Queries, limit: number): Promise<string[]> {
  const name = sql<string>`${releases.plan} ->> 'product'`;
  const rows = await db.selectDistinct({ name }).from(releases).orderBy(name).limit(limit);
  return rows.map((row) => row.name);
}

/** The name of a product as its releases write it; undefined when there is none of that name. */
export async function findProduct(db: Queries, product: string): Promise<string | undefined> {
  const name = sql<string>`${releases.plan} ->> 'product'`;
  const [row] = await db
    .select({ name })
    .from(releases)
    .where(sql`lower(${name}) = lower(${product})`)
    .limit(1);
  return row?.name;
}
