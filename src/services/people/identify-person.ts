import { and, eq, exists, sql } from 'drizzle-orm';
import type { Identity } from '../../core/people/identity.ts';
import { prepareQuery } from '../../db/prepare-query.ts';
import { lockPeople } from '../../db/queries/lock-people.ts';
import { identities, persons } from '../../db/schema/people.ts';
import { releasePeople } from '../../db/schema/release.ts';
import type { Queries } from '../../db/transaction.ts';
import { withTransaction } from '../../db/with-transaction.ts';
import type { Services } from '../kernel/context.ts';
import { storable } from '../kernel/storable.ts';

/** A person by whose account something was asked. */
export interface KnownPerson {
  personId: string;
  /** Whether they are the backup in any release, and so may act in somebody's place. */
  isBackup: boolean;
}

/**
 * The person whom a platform vouches for. Someone who was never seen before becomes a person now, once
 * however many of their requests come at the same moment. `name` is what the platform calls them.
 */
export async function identifyPerson(
  { db, newId }: Pick<Services, 'db' | 'newId'>,
  identity: Identity,
  name: string,
): Promise<KnownPerson> {
  const known = await findAccount(db, identity);
  if (known !== null) return welcomeBack(db, identity, known);
  return withTransaction(db, async (tx) => {
    await lockPeople(tx);
    const meanwhile = await findAccount(tx, identity);
    if (meanwhile !== null) return welcomeBack(tx, identity, meanwhile);
    const personId = newId();
    await tx.insert(persons).values({ id: personId, name: storable(name) });
    await tx.insert(identities).values({ platform: identity.platform, platformId: identity.id, personId });
    return { personId, isBackup: false };
  });
}

type KnownAccount = KnownPerson & { unreachableSince: Date | null };

/** Whoever acts can be reached again. */
async function welcomeBack(
  db: Queries,
  { platform, id }: Identity,
  { personId, isBackup, unreachableSince }: KnownAccount,
): Promise<KnownPerson> {
  const person = { personId, isBackup };
  if (unreachableSince === null) return person;
  await db
    .update(identities)
    .set({ unreachableSince: null })
    .where(and(eq(identities.platform, platform), eq(identities.platformId, id)));
  return person;
}

async function findAccount(db: Queries, { platform, id }: Identity): Promise<KnownAccount | null> {
  const [known] = await findIdentity(db, { platform, id });
  return known ?? null;
}

const findIdentity = prepareQuery('person by identity', (db) => {
  const platform = eq(identities.platform, sql.placeholder('platform'));
  const id = eq(identities.platformId, sql.placeholder('id'));
  const { personId, unreachableSince } = identities;
  const asBackup = db
    .select({ releaseId: releasePeople.releaseId })
    .from(releasePeople)
    .where(and(eq(releasePeople.personId, personId), eq(releasePeople.position, 'backup')));
  return db
    .select({ personId, unreachableSince, isBackup: sql<boolean>`${exists(asBackup)}` })
    .from(identities)
    .where(and(platform, id));
});
