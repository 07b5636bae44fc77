import type { Identity } from '../../core/people/identity.ts';
import type { Directories } from '../ports/directory.ts';

/** The accounts that the platforms have under an e-mail address, with their names. */
export async function findAccounts(
  directories: Directories,
  email: string,
): Promise<(Identity & { name: string })[]> {
  const found = await Promise.all(
    [...directories].map(async ([platform, directory]) => {
      const person = await directory.findPersonByEmail(email);
      return person ? [{ platform, id: person.id, name: person.name }] : [];
    }),
  );
  return found.flat();
}
