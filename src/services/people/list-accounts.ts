import { and, asc, eq, inArray } from 'drizzle-orm';
import { type Identity, isSameIdentity } from '../../core/people/identity.ts';
import type { RoleName } from '../../core/plan/roles.ts';
import { endedStates, type ReleaseState, staffedStates } from '../../core/release/release-state.ts';
import type { Wanted } from '../../core/subscriptions/subscription-words.ts';
import { findMatches } from '../../db/queries/account-matches.ts';
import { loadSubscriptions } from '../../db/queries/subscriptions.ts';
import { identities } from '../../db/schema/people.ts';
import { releasePeople, releases } from '../../db/schema/release.ts';
import { askPlatform } from '../kernel/ask-platform.ts';
import type { Ctx } from '../kernel/context.ts';
import { done, type Result, refuse } from '../kernel/result.ts';
import { findAccounts } from './find-accounts.ts';
import { emailOf } from './own-account.ts';

/** Somebody's accounts and what they may do, as they see it themselves. */
export interface OwnAccounts {
  /** The account by which they ask. */
  asked: Identity;
  /** Null: the platform does not tell it. */
  email: string | null;
  accounts: (Identity & { isConnected: boolean; isPreferred: boolean; isUnreachable: boolean })[];
  /** Accounts elsewhere with the same address, and what they have said of each. */
  matches: { account: Identity; answer: 'mine' | 'not_mine' | null }[];
  subscriptions: Wanted[];
  /** In what is under way or live; where there is none, in the release that ended last. */
  roles: OwnRole[];
}

export interface OwnRole {
  releaseKey: string;
  state: ReleaseState;
  role: RoleName;
  position: 'holder' | 'backup';
}

/** Reads what is known of the person who asks; the platforms say which other accounts have their address. */
export async function listAccounts(ctx: Ctx): Promise<Result<OwnAccounts>> {
  const { actor } = ctx;
  if (actor.kind !== 'person') return refuse('not-permitted', 'Only people have accounts.');
  const { personId, identity: asked } = actor;
  const accounts = await findOwn(ctx, personId);
  const found = await askPlatform(ctx, async () => {
    const email = await emailOf(ctx, asked);
    return done({ email, others: email === null ? [] : await findAccounts(ctx.directories, email) });
  });
  if (!found.ok) return found;
  const { email } = found.value;
  const others = found.value.others.filter((other) => !accounts.some((own) => isSameIdentity(own, other)));
  const answers = await findMatches(ctx.db, asked);
  const matches = others.map(({ platform, id }) => {
    const account = { platform, id };
    const said = answers.find(({ other }) => isSameIdentity(other, account));
    return { account, answer: said?.answer ?? null };
  });
  const [roles, subscriptions] = await Promise.all([
    findRoles(ctx, personId),
    loadSubscriptions(ctx.db, personId),
  ]);
  return done({ asked, email, accounts, matches, subscriptions, roles });
}

async function findOwn({ db }: Ctx, personId: string): Promise<OwnAccounts['accounts']> {
  const rows = await db
    .select()
    .from(identities)
    .where(eq(identities.personId, personId))
    .orderBy(asc(identities.platform), asc(identities.platformId));
  return rows.map(({ platform, platformId: id, connectedAt, isPreferred, unreachableSince }) => ({
    platform,
    id,
    isConnected: connectedAt !== null,
    isPreferred,
    isUnreachable: unreachableSince !== null,
  }));
}

async function findRoles(ctx: Ctx, personId: string): Promise<OwnRole[]> {
  const roles = await findRolesIn(ctx, personId, staffedStates);
  if (roles.length > 0) return roles;
  const ended = await findRolesIn(ctx, personId, endedStates);
  return ended.filter(({ releaseKey }) => releaseKey === ended.at(-1)?.releaseKey);
}

async function findRolesIn(
  { db }: Ctx,
  personId: string,
  states: readonly ReleaseState[],
): Promise<OwnRole[]> {
  const { role, position } = releasePeople;
  return db
    .select({ releaseKey: releases.key, state: releases.state, role, position })
    .from(releasePeople)
    .innerJoin(releases, eq(releases.id, releasePeople.releaseId))
    .where(and(eq(releasePeople.personId, personId), inArray(releases.state, [...states])))
    .orderBy(asc(releases.goLiveAt), asc(releases.key), asc(role));
}
