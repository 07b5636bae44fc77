import { eq, or } from 'drizzle-orm';
import type { Identity } from '../../src/core/people/identity.ts';
import { lockPeople } from '../../src/db/queries/lock-people.ts';
import { identities, persons } from '../../src/db/schema/people.ts';
import { withTransaction } from '../../src/db/with-transaction.ts';
import type { Services } from '../../src/services/kernel/context.ts';

/** Somebody with an account on each of several platforms. */
export interface KnownPerson {
  name: string;
  accounts: Identity[];
}

/**
 * The people of the sandbox said long ago that their accounts are theirs, so that a newcomer isn't asked by each of
 * them. Whoever is known by now stays as they are: they may have disconnected an account since.
 */
export async function connectAccounts(
  { db, clock, newId }: Pick<Services, 'db' | 'clock' | 'newId'>,
  people: readonly KnownPerson[],
): Promise<void> {
  await withTransaction(db, async (tx) => {
    await lockPeople(tx);
    for (const { name, accounts } of people) {
      const isTheirs = or(...accounts.map(({ id }) => eq(identities.platformId, id)));
      if ((await tx.select().from(identities).where(isTheirs).limit(1)).length > 0) continue;
      const personId = newId();
      await tx.insert(persons).values({ id: personId, name });
      const rows = accounts.map(({ platform, id: platformId }, index) => ({
        platform,
        platformId,
        personId,
        connectedAt: index === 0 ? null : new Date(clock.now()),
      }));
      await tx.insert(identities).values(rows);
    }
  });
}
