import { type AddressOwner, chooseOwner } from '../../core/people/choose-owner.ts';
import type { Services } from '../kernel/context.ts';
import { findAccounts } from './find-accounts.ts';
import { findKnown } from './find-known.ts';

/**
 * To whom an e-mail address, in lower case, belongs now, as far as platforms and tables say.
 * @throws PlatformUnavailableError when a platform can't say.
 */
export async function findOwner(
  { db, directories }: Pick<Services, 'db' | 'directories'>,
  address: string,
): Promise<AddressOwner> {
  const accounts = await findAccounts(directories, address);
  return chooseOwner(address, { accounts, known: await findKnown(db, address, accounts) });
}
