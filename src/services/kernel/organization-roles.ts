import { eq } from 'drizzle-orm';
import { type Identity, isSameIdentity } from '../../core/people/identity.ts';
import type { OrganizationRole, Permissions } from '../../core/permissions/permissions.ts';
import { identities } from '../../db/schema/people.ts';
import { findOwner } from '../people/find-owner.ts';
import { PlatformUnavailableError } from '../ports/directory.ts';
import type { HeldRoles, Services } from './context.ts';

/** A right depends on roles of the organization, which only the platforms know; they are asked without a transaction. */
export class OrganizationRolesNeeded extends Error {
  override name = 'OrganizationRolesNeeded';
  readonly permissions: Permissions;

  constructor(permissions: Permissions) {
    super('the roles that the actor holds in the organization have to be looked up');
    this.permissions = permissions;
  }
}

type Asked = Pick<Services, 'db' | 'directories' | 'log'>;

/** Which roles of the organization a person holds, by any of their accounts. Nobody holds one of which a platform can't say. */
export async function findOrganizationRoles(
  services: Asked,
  personId: string,
  { roles }: Pick<Permissions, 'roles'>,
): Promise<HeldRoles> {
  const accounts = await accountsOf(services, personId);
  const answers = await Promise.all(
    Object.entries(roles).map(async ([name, role]) => ({
      name,
      answer: await holds(services, accounts, role),
    })),
  );
  return {
    held: answers.flatMap(({ name, answer }) => (answer === true ? [name] : [])),
    unknown: answers.flatMap(({ name, answer }) =>
      typeof answer === 'string' ? [{ name, message: answer }] : [],
    ),
  };
}

async function accountsOf({ db }: Pick<Services, 'db'>, personId: string): Promise<Identity[]> {
  const { platform, platformId: id } = identities;
  return db.select({ platform, id }).from(identities).where(eq(identities.personId, personId));
}

/** Whether any of some accounts holds a role; a sentence when that is not known. */
async function holds(
  services: Asked,
  accounts: readonly Identity[],
  { people, groups }: OrganizationRole,
): Promise<boolean | string> {
  const addresses = people.map(({ email }) => email.toLowerCase());
  const questions = accounts.flatMap((account) => [
    ...(addresses.length > 0 ? [() => ownsAddress(services, account, addresses)] : []),
    ...groups.map((group) => () => isInGroup(services, account, group)),
  ]);
  const answers = await Promise.all(questions.map((question) => answerOf(services, question)));
  if (answers.includes(true)) return true;
  return answers.find((answer) => typeof answer === 'string') ?? false;
}

async function answerOf(
  { log }: Pick<Services, 'log'>,
  question: () => Promise<boolean>,
): Promise<boolean | string> {
  try {
    return await question();
  } catch (error) {
    if (!(error instanceof PlatformUnavailableError)) throw error;
    log.warn({ note: error.detail }, 'the platform could not say who holds a role');
    return error.message;
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
