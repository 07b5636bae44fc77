import { and, eq, or } from 'drizzle-orm';
import { choosePerson, type KnownIdentity } from '../../core/people/choose-person.ts';
import type { Identity } from '../../core/people/identity.ts';
import { identities, persons } from '../../db/schema/people.ts';
import type { Scope } from '../kernel/scope.ts';
import { mergePersons } from './merge-persons.ts';

/** Somebody whom a plan names, as the platforms know them. */
export interface PersonAccounts {
  name: string;
  email: string;
  /** At least one. */
  accounts: readonly Identity[];
}

/**
 * The id of the person to whom these accounts belong, who is new when none of them is known. From now on they are
 * one person by all of these accounts. The caller holds `lockPeople`.
 */
export async function linkPerson(scope: Scope, { name, email, accounts }: PersonAccounts): Promise<string> {
  const { tx, ctx } = scope;
  const address = email.toLowerCase();
  const { personId, merged, outdated } = choosePerson(accounts, await findKnown(scope, address, accounts));
  const id = personId ?? ctx.newId();
  if (personId === null) await tx.insert(persons).values({ id, name });
  for (const duplicate of merged) await mergePersons(scope, { from: duplicate, into: id });
  for (const identity of outdated)
    await tx.update(identities).set({ email: null }).where(isIdentity(identity));
  await tx
    .insert(identities)
    .values(
      accounts.map((account) => ({
        platform: account.platform,
        platformId: account.id,
        personId: id,
        email: address,
      })),
    )
    .onConflictDoUpdate({
      target: [identities.platform, identities.platformId],
      set: { personId: id, email: address },
    });
  return id;
}

/** What is stored of these accounts, or under the address. */
async function findKnown(
  { tx }: Scope,
  address: string,
  accounts: readonly Identity[],
): Promise<KnownIdentity[]> {
  const { platform, platformId: id, personId, email } = identities;
  return tx
    .select({ platform, id, personId, email })
    .from(identities)
    .where(or(eq(email, address), ...accounts.map(isIdentity)));
}

function isIdentity({ platform, id }: Identity) {
  return and(eq(identities.platform, platform), eq(identities.platformId, id));
}
