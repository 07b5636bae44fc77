import { eq, sql } from 'drizzle-orm';
import { command } from '../../core/card/card.ts';
import { line } from '../../core/card/line.ts';
import type { Identity } from '../../core/people/identity.ts';
import type { Release } from '../../db/queries/load-release.ts';
import { identities, persons } from '../../db/schema/people.ts';
import { askPlatform } from '../kernel/ask-platform.ts';
import type { Ctx } from '../kernel/context.ts';
import { done, type Result, refuse } from '../kernel/result.ts';
import { findAccounts } from '../people/find-accounts.ts';
import { isCreator } from '../release/may-create-release.ts';
import type { Subject } from './explain-rights.ts';
import { rolesOfAccounts } from './find-organization-roles.ts';

/** How somebody is named: by an address, or by a name with or without `@`; null is whoever asks. */
export type NamedSubject = { email: string } | { name: string } | null;

interface Found {
  name: string;
  personId: string | null;
  accounts: readonly Identity[];
}

/** Finds somebody whose rights are asked about, with what the platforms say of them. Names are looked for in the release first. */
export async function findSubject(ctx: Ctx, release: Release, named: NamedSubject): Promise<Result<Subject>> {
  const found = await find(ctx, release, named);
  if (!found.ok) return found;
  const { name, personId, accounts } = found.value;
  const [organizationRoles, creators] = await Promise.all([
    rolesOfAccounts(ctx, accounts, release.permissions),
    Promise.all(accounts.map((account) => isCreator(ctx, account))),
  ]);
  return done({ name, personId, isCreator: creators.includes(true), organizationRoles });
}

function find(ctx: Ctx, release: Release, named: NamedSubject): Promise<Result<Found>> | Result<Found> {
  if (named === null) {
    const { actor } = ctx;
    if (actor.kind === 'person') return ofPerson(ctx, actor.personId, actor.name);
    return refuse('invalid', 'Whose rights? Name somebody.');
  }
  return 'email' in named ? byEmail(ctx, named.email) : byName(ctx, release, named.name);
}

function byEmail(ctx: Ctx, email: string): Promise<Result<Found>> {
  return askPlatform(ctx, async () => {
    const [account] = await findAccounts(ctx.directories, email, ctx.actor);
    if (!account) return refuse('not-found', `Nobody in this workspace has the e-mail address ${email}.`);
    const { platform, id, name } = account;
    const known = await ctx.db
      .select({ personId: identities.personId })
      .from(identities)
      .where(sql`${identities.platform} = ${platform} and ${identities.platformId} = ${id}`);
    const personId = known[0]?.personId;
    if (personId !== undefined) return ofPerson(ctx, personId, name);
    return done({ name, personId: null, accounts: [{ platform, id }] });
  });
}

async function byName(ctx: Ctx, release: Release, typed: string): Promise<Result<Found>> {
  const inRelease = release.people.filter(({ name }) => isCalled(name, typed));
  const candidates = inRelease.length > 0 ? inRelease : await knownPeople(ctx, typed);
  const byId = new Map(candidates.map(({ personId, name }) => [personId, name]));
  const [only, ...others] = byId;
  const example = command('release', `can name@example.com ${release.key}`);
  if (!only) {
    return refuse('not-found', line`I don't know "${typed}". Give their e-mail address, as in ${example}.`);
  }
  if (others.length > 0) {
    return refuse(
      'ambiguous',
      line`There are several called "${typed}". Give an e-mail address, as in ${example}.`,
    );
  }
  return ofPerson(ctx, only[0], only[1]);
}

/** Those who have used tminus or have a role, by the beginning of their name. */
async function knownPeople({ db }: Ctx, typed: string): Promise<{ personId: string; name: string }[]> {
  const first = plain(typed).split(' ')[0] ?? '';
  const rows = await db
    .select({ personId: persons.id, name: persons.name })
    .from(persons)
    .where(sql`lower(${persons.name}) like ${`${first.replace(/[\\%_]/g, '')}%`}`)
    .limit(100);
  return rows.filter(({ name }) => isCalled(name, typed));
}

/** By the full name, the first name, or a handle made of it, such as `rita.moreno`. */
function isCalled(name: string, typed: string): boolean {
  const wanted = plain(typed);
  return wanted === plain(name) || wanted === plain(name).split(' ')[0];
}

function plain(text: string): string {
  return text
    .toLowerCase()
    .replace(/^@/, '')
    .replace(/[._-]+/g, ' ')
    .trim();
}

async function ofPerson({ db }: Ctx, personId: string, name: string): Promise<Result<Found>> {
  const { platform, platformId: id } = identities;
  const accounts = await db
    .select({ platform, id })
    .from(identities)
    .where(eq(identities.personId, personId));
  return done({ name, personId, accounts });
}
