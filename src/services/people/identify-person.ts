import { and, eq, sql } from 'drizzle-orm';
import type { Identity } from '../../core/people/identity.ts';
import { prepareQuery } from '../../db/prepare-query.ts';
import { lockPeople } from '../../db/queries/lock-people.ts';
import { identities, persons } from '../../db/schema/people.ts';
import type { Queries } from '../../db/transaction.ts';
import { withTransaction } from '../../db/with-transaction.ts';
import type { Services } from '../kernel/context.ts';
import { storable } from '../kernel/storable.ts';

/**
 * The id of the person whom a platform vouches for. Someone who was never seen before becomes a person now, once
 * however many of their requests come at the same moment. `name` is what the platform calls them.
 */
export async function identifyPerson(
  { db, newId }: Pick<Services, 'db' | 'newId'>,
  identity: Identity,
  name: string,
): Promise<string> {
  const known = await findPersonId(db, identity);
  if (known !== null) return known;
  return withTransaction(db, async (tx) => {
    await lockPeople(tx);
    const meanwhile = await findPersonId(tx, identity);
    if (meanwhile !== null) return meanwhile;
    const personId = newId();
    await tx.insert(persons).values({ id: personId, name: storable(name) });
    await tx.insert(identities).values({ platform: identity.platform, platformId: identity.id, personId });
    return personId;
  });
}

async function findPersonId(db: Queries, { platform, id }: Identity): Promise<string | null> {
  const [known] = await findIdentity(db, { platform, id });
  return known?.personId ?? null;
}

const findIdentity = prepareQuery('person by identity', (db) => {
  const platform = eq(identities.platform, sql.placeholder('platform'));
  const id = eq(identities.platformId, sql.placeholder('id'));
  return db.select({ personId: identities.personId }).from(identities).where(and(platform, id));
});
