import type { Actor } from '../kernel/context.ts';
import type { Directories } from '../ports/directory.ts';
import type { FoundAccount } from './link-person.ts';

/**
 * The accounts that the platforms have under an e-mail address, with their names; first that of the platform on which
 * `actor` asks: whom they name is who they know there.
 */
export async function findAccounts(
  directories: Directories,
  email: string,
  actor?: Actor,
): Promise<(FoundAccount & { name: string })[]> {
  const asked = actor?.kind === 'person' ? actor.identity.platform : undefined;
  const inOrder = [...directories].sort(([one], [other]) => Number(other === asked) - Number(one === asked));
  const found = await Promise.all(
    inOrder.map(async ([platform, directory]) => {
      const person = await directory.findPersonByEmail(email);
      return person ? [{ platform, id: person.id, name: person.name, zone: person.zone }] : [];
    }),
  );
  return found.flat();
}
