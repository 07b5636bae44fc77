import { type Identity, isSameIdentity } from './identity.ts';

/** An identity as it is stored. */
export interface KnownIdentity extends Identity {
  personId: string;
  email: string | null;
}

/** To whom the accounts with one e-mail address belong. */
export interface PersonChoice {
  /** Null: nobody who is known. */
  personId: string | null;
  /** People who turn out to be the same person. */
  merged: string[];
  /** Identities whose address has gone to another account of the same platform, and with it to somebody else. */
  outdated: KnownIdentity[];
}

/**
 * One e-mail address is one person on every platform. `accounts` are those that the platforms have under the
 * address now; `known` what is stored of these accounts or under the address.
 */
export function choosePerson(accounts: readonly Identity[], known: readonly KnownIdentity[]): PersonChoice {
  const isCurrent = (identity: Identity) => accounts.some((account) => isSameIdentity(account, identity));
  const isReplaced = (identity: Identity) =>
    !isCurrent(identity) && accounts.some(({ platform }) => platform === identity.platform);
  // Whoever has the address already has the roles that came with it.
  const owners = known.filter((identity) => !isReplaced(identity)).toSorted(byAddress);
  const [personId = null, ...merged] = new Set(owners.map((identity) => identity.personId));
  return { personId, merged, outdated: known.filter(isReplaced) };
}

function byAddress(left: KnownIdentity, right: KnownIdentity): number {
  return Number(left.email === null) - Number(right.email === null);
}
