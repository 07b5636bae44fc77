import { eq } from 'drizzle-orm';
import { type Identity, isSameIdentity } from '../../core/people/identity.ts';
import type { OrganizationRole, Permissions } from '../../core/permissions/permissions.ts';
import { identities } from '../../db/schema/people.ts';
import type { HeldRoles, Services } from '../kernel/context.ts';
import { findOwner } from '../people/find-owner.ts';
import { PlatformUnavailableError } from '../ports/directory.ts';

type Asked = Pick<Services, 'db' | 'directories' | 'log'>;

/** Which roles of the organization a person holds, by any of their accounts. */
export async function findOrganizationRoles(
  services: Asked,
  personId: string,
  permissions: Pick<Permissions, 'roles'>,
): Promise<HeldRoles> {
  return rolesOfAccounts(services, await accountsOf(services, personId), permissions);
}

/** The same for somebody who may never have been seen. Nobody holds a role of which a platform can't say. */
export async function rolesOfAccounts(
  services: Asked,
  accounts: readonly Identity[],
  { roles }: Pick<Permissions, 'roles'>,
): Promise<HeldRoles> {
  const answers = await Promise.all(
    Object.entries(roles).map(async ([name, role]) => ({
      name,
      answer: await holds(services, accounts, role),
    })),
  );
  return {
    held: answers.flatMap(({ name, answer }) => (answer && 'by' in answer ? [{ name, by: answer.by }] : [])),
    unknown: answers.flatMap(({ name, answer }) =>
      answer && 'unknown' in answer ? [{ name, message: answer.unknown }] : [],
    ),
  };
}

/** Null: they don't hold it. */
type Answer = { by: string } | { unknown: string } | null;

async function accountsOf({ db }: Pick<Services, 'db'>, personId: string): Promise<Identity[]> {
  const { platform, platformId: id } = identities;
  return db.select({ platform, id }).from(identities).where(eq(identities.personId, personId));
}

/** By what any of some accounts holds a role: its address, or a group. */
async function holds(
  services: Asked,
  accounts: readonly Identity[],
  { people, groups }: OrganizationRole,
): Promise<Answer> {
  const addresses = people.map(({ email }) => email.toLowerCase());
  const answers = await Promise.all(
    accounts.flatMap((account) => [
      ...(addresses.length > 0
        ? [answerOf(services, 'e-mail address', () => ownsAddress(services, account, addresses))]
        : []),
      ...groups.map((group) => answerOf(services, group, () => isInGroup(services, account, group))),
    ]),
  );
  return answers.find((answer) => answer && 'by' in answer) ?? answers.find((answer) => answer) ?? null;
}

async function answerOf(
  { log }: Pick<Services, 'log'>,
  by: string,
  ask: () => Promise<boolean>,
): Promise<Answer> {
  try {
    return (await ask()) ? { by } : null;
  } catch (error) {
    if (!(error instanceof PlatformUnavailableError)) throw error;
    log.warn({ note: error.detail }, 'the platform could not say who holds a role');
    return { unknown: error.message };
  }
}

/** An account that only has the address of somebody else has none of their rights. */
async function ownsAddress(
  services: Pick<Services, 'db' | 'directories'>,
  account: Identity,
  addresses: readonly string[],
): Promise<boolean> {
  const found = await services.directories.get(account.platform)?.findPerson(account.id);
  const email = found?.email?.toLowerCase();
  if (email === undefined || !addresses.includes(email)) return false;
  if (services.directories.size === 1) return true;
  const owner = await findOwner(services, email);
  return owner.accounts.some((each) => isSameIdentity(each, account));
}

async function isInGroup(
  { directories }: Pick<Services, 'directories'>,
  { platform, id }: Identity,
  address: string,
): Promise<boolean> {
  const directory = directories.get(platform);
  const group = directory?.readGroup(address) ?? null;
  return directory !== undefined && group !== null && directory.isInGroup(group, id);
}
