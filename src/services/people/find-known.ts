import { and, eq, or } from 'drizzle-orm';
import type { KnownIdentity } from '../../core/people/choose-owner.ts';
import type { Identity } from '../../core/people/identity.ts';
import { identities } from '../../db/schema/people.ts';
import type { Queries } from '../../db/transaction.ts';

/** What is stored of some accounts, or under an e-mail address, which is in lower case. */
export async function findKnown(
  db: Queries,
  address: string,
  accounts: readonly Identity[],
): Promise<KnownIdentity[]> {
  const { platform, platformId: id, personId, email } = identities;
  return db
    .select({ platform, id, personId, email })
    .from(identities)
    .where(or(eq(email, address), ...accounts.map(isIdentity)));
}

/** The row of an account. */
export function isIdentity({ platform, id }: Identity) {
  return and(eq(identities.platform, platform), eq(identities.platformId, id));
}
