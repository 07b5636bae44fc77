import { sql } from 'drizzle-orm';
import { chooseOwner } from '../../core/people/choose-owner.ts';
import { type Identity, isSameIdentity } from '../../core/people/identity.ts';
import { identities, persons } from '../../db/schema/people.ts';
import type { Scope } from '../kernel/scope.ts';
import { findKnown, isIdentity } from './find-known.ts';
import { proposeMatches } from './propose-matches.ts';

/** An account as its platform knows it. */
export interface FoundAccount extends Identity {
  /** IANA zone, where the platform tells it. */
  zone?: string | undefined;
}

/** Somebody whom a plan names, as the platforms know them. */
export interface PersonAccounts {
  name: string;
  email: string;
  /** At least one. */
  accounts: readonly FoundAccount[];
}

/**
 * The id of the person to whom an e-mail address belongs, who is new when nobody is known by it. They are asked about
 * accounts with the same address on other platforms, which have no rights until they have confirmed them. The caller
 * holds `lockPeople`.
 */
export async function linkPerson(scope: Scope, { name, email, accounts }: PersonAccounts): Promise<string> {
  const { tx, ctx } = scope;
  const address = email.toLowerCase();
  const owner = chooseOwner(address, { accounts, known: await findKnown(tx, address, accounts) });
  const personId = owner.personId ?? ctx.newId();
  if (owner.personId === null) await tx.insert(persons).values({ id: personId, name });
  for (const identity of owner.outdated) {
    await tx.update(identities).set({ email: null }).where(isIdentity(identity));
  }
  const rows = owner.accounts.map(({ platform, id }) => ({
    platform,
    platformId: id,
    personId,
    email: address,
    zone: accounts.find((found) => isSameIdentity(found, { platform, id }))?.zone ?? null,
  }));
  await tx
    .insert(identities)
    .values(rows)
    .onConflictDoUpdate({
      target: [identities.platform, identities.platformId],
      set: { email: address, zone: sql`excluded.zone` },
    });
  await proposeMatches(scope, { email: address, ...owner });
  return personId;
}
