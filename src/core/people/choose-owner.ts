import { type Identity, isSameIdentity } from './identity.ts';

/** An identity as it is stored. */
export interface KnownIdentity extends Identity {
  personId: string;
  /** The address by which its person was given roles last. */
  email: string | null;
}

/** To whom an e-mail address belongs. */
export interface AddressOwner {
  /** Null: nobody who is known. */
  personId: string | null;
  /** The accounts that are theirs: the one by which they have the address, and those that they have connected. */
  accounts: Identity[];
  /** Accounts with the same address, of which nobody has confirmed that they are theirs. They have no rights by it. */
  others: Identity[];
  /** Identities that are stored under the address and no longer its owner's. */
  outdated: KnownIdentity[];
}

/**
 * Whose roles are those of an e-mail address: the person of the account that has them already, else of the first account. That another platform has an account with the address proves nothing.
 * `accounts` are those that the platforms have under the address now, at least one; `known` is what
 * is stored of these accounts or under the address.
 */
export function chooseOwner(
  address: string,
  { accounts, known }: { accounts: readonly Identity[]; known: readonly KnownIdentity[] },
): AddressOwner {
  const knownAs = (account: Identity) => known.find((identity) => isSameIdentity(identity, account));
  const owning = accounts.find((account) => knownAs(account)?.email === address) ?? accounts[0];
  const personId = (owning && knownAs(owning)?.personId) ?? null;
  const isTheirs = (account: Identity) =>
    account === owning || (personId !== null && knownAs(account)?.personId === personId);
  const isCurrent = (identity: KnownIdentity) =>
    accounts.some((account) => isTheirs(account) && isSameIdentity(account, identity));
  return {
    personId,
    accounts: accounts.filter(isTheirs),
    others: accounts.filter((account) => !isTheirs(account)),
    outdated: known.filter((identity) => identity.email === address && !isCurrent(identity)),
  };
}
