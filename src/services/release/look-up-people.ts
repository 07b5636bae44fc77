import pMap from 'p-map';
import type { Plan } from '../../core/plan/plan.ts';
import { ROLE_NAMES, type RoleName, roleTitle } from '../../core/plan/roles.ts';
import type { Ctx } from '../kernel/context.ts';
import { findAccounts } from '../people/find-accounts.ts';
import type { PersonAccounts } from '../people/link-person.ts';

/** So many questions at a time: quick enough for a person who waits, and few enough for a platform's limits. */
const concurrency = 4;

/** Somebody with a role. */
export interface FoundPerson extends PersonAccounts {
  role: RoleName;
  position: 'holder' | 'backup';
  /** What the platforms call them. */
  accountNames: readonly string[];
}

/** Finds everyone whom a plan names on every platform, by e-mail, first on that of the actor; `problems` says who was not found anywhere. */
export async function lookUpPeople(
  { directories, actor }: Pick<Ctx, 'directories' | 'actor'>,
  plan: Plan,
): Promise<{ people: FoundPerson[]; problems: string[] }> {
  const named = namedPeople(plan);
  const accounts = await pMap(named, ({ email }) => findAccounts(directories, email, actor), { concurrency });
  const people = named.map((person, index) => {
    const found = accounts[index] ?? [];
    return {
      ...person,
      accounts: found.map(({ platform, id, zone }) => ({ platform, id, zone })),
      accountNames: found.map(({ name }) => name),
    };
  });
  const problems = people
    .filter((person) => person.accounts.length === 0)
    .map(
      ({ role, email }) => `${roleTitle(role)}: nobody in this workspace has the e-mail address ${email}.`,
    );
  return { people, problems };
}

function namedPeople(plan: Plan): Omit<FoundPerson, 'accounts' | 'accountNames'>[] {
  return ROLE_NAMES.flatMap((role) => {
    const holder = plan.roles[role];
    if (!holder) return [];
    const { backup, name, email } = holder;
    return [
      { role, position: 'holder' as const, name, email },
      ...(backup ? [{ role, position: 'backup' as const, ...backup }] : []),
    ];
  });
}
