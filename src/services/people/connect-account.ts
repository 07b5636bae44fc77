import { eq, or } from 'drizzle-orm';
import type * as z from 'zod';
import { platformName } from '../../core/messages/account-message.ts';
import { type Identity, writeIdentity } from '../../core/people/identity.ts';
import { isMatch } from '../../db/queries/account-matches.ts';
import { lockPeople } from '../../db/queries/lock-people.ts';
import { accountMatches, type identities } from '../../db/schema/people.ts';
import { releasePeople } from '../../db/schema/release.ts';
import { listWords } from '../../lib/list-words.ts';
import type { Ctx } from '../kernel/context.ts';
import { done, type Result, refuse } from '../kernel/result.ts';
import type { Scope } from '../kernel/scope.ts';
import { runVerb } from '../kernel/verb.ts';
import { wakePeople } from '../tasks/wake-people.ts';
import { mergePersons } from './merge-persons.ts';
import { accountSchema, findIdentityRow, findSharedAddress, ownAccount } from './own-account.ts';
import { askAbout, noteMatch } from './propose-matches.ts';
import { releasesOf, touchReleases } from './releases-of.ts';
import { describeSharedDuties } from './shared-duties.ts';

/** What came of saying that an account is one's own. */
export interface ConnectedAccount {
  account: Identity;
  /** False: the other side has yet to say the same. */
  isConnected: boolean;
}

type Input = { account: Identity };
const inputSchema: z.ZodType<Input> = accountSchema.transform((account) => ({ account }));

/**
 * Somebody says that an account on another platform is theirs, too. Once both sides have said so they are one person,
 * with what either had. Both accounts must have the same e-mail address at that moment.
 */
export async function connectAccount(args: { ctx: Ctx; input: Identity }): Promise<Result<ConnectedAccount>> {
  const shared = await findSharedAddress(args.ctx, args.input);
  const run = (scope: Scope, input: Input) => connect(scope, input, shared);
  return runVerb({ name: 'account.connect', input: inputSchema, run }, args);
}

async function connect(
  scope: Scope,
  { account }: Input,
  shared: Result<string>,
): Promise<Result<ConnectedAccount>> {
  const own = ownAccount(scope.ctx);
  if (!own.ok) return own;
  if (!shared.ok) return shared;
  await lockPeople(scope.tx);
  const sides = { own: own.value, other: account, email: shared.value };
  const mine = await findIdentityRow(scope.tx, own.value);
  const theirs = await findIdentityRow(scope.tx, account);
  if (mine && mine.personId === theirs?.personId) {
    return refuse('wrong-state', `Your account on ${platformName(account.platform)} is already connected.`);
  }
  if (!(await isClaimed(scope, sides))) return claim(scope, sides);
  if (!mine || !theirs) throw new Error('both sides have acted, and one of them is not known');
  return merge(scope, sides, [mine, theirs]);
}

interface Sides {
  own: Identity;
  other: Identity;
  email: string;
}

/** Whether the other side has said it already. */
async function isClaimed({ tx }: Scope, { own, other }: Sides): Promise<boolean> {
  const [row] = await tx
    .select({ answer: accountMatches.answer })
    .from(accountMatches)
    .where(isMatch(other, own));
  return row?.answer === 'mine';
}

/** The first of the two sides: the other one is asked, once. */
async function claim(scope: Scope, sides: Sides): Promise<Result<ConnectedAccount>> {
  const { own, other, email } = sides;
  await noteMatch(scope, sides);
  const claimed = { answer: 'mine', answeredAt: new Date(scope.now), email } as const;
  const [before] = await scope.tx
    .select({ answer: accountMatches.answer })
    .from(accountMatches)
    .where(isMatch(own, other));
  await scope.tx.update(accountMatches).set(claimed).where(isMatch(own, other));
  const details = { account: writeIdentity(other), email };
  scope.audit({ action: 'account.claimed', releaseId: null, subject: writeIdentity(own), details });
  if (before?.answer !== 'mine') {
    await askAbout(scope, { at: other, account: own, email, isClaimed: true });
  }
  return done({ account: other, isConnected: false });
}

type IdentityRow = typeof identities.$inferSelect;

async function merge(
  scope: Scope,
  { own, other, email }: Sides,
  rows: [mine: IdentityRow, theirs: IdentityRow],
): Promise<Result<ConnectedAccount>> {
  const { into, from } = await chooseSides(scope, email, rows);
  const duties = describeSharedDuties(await releasesOf(scope, [into, from]), [into, from]);
  if (duties.length > 0) {
    const message = `These accounts remain two people for now: ${listWords(duties)}. Give one of the roles to somebody else first.`;
    return refuse('conditions-unmet', message);
  }
  await mergePersons(scope, { from, into });
  await scope.tx.delete(accountMatches).where(or(isMatch(own, other), isMatch(other, own)));
  const details = { accounts: [writeIdentity(own), writeIdentity(other)], email, from, into };
  await touchReleases(scope, into, { action: 'account.connected', details });
  // What the first had to do is the second's now.
  for (const release of await releasesOf(scope, [into])) await wakePeople(scope, release);
  return done({ account: other, isConnected: true });
}

/** Who comes to whom: the address, else roles, else the account that spoke first say whose the other becomes. */
async function chooseSides({ tx }: Scope, email: string, [mine, theirs]: [IdentityRow, IdentityRow]) {
  const owner = [theirs, mine].find((row) => row.email === email);
  const into = owner ?? ((await hasRoles(tx, mine)) && !(await hasRoles(tx, theirs)) ? mine : theirs);
  const from = into === mine ? theirs : mine;
  return { into: into.personId, from: from.personId };
}

async function hasRoles(tx: Scope['tx'], { personId }: IdentityRow): Promise<boolean> {
  const held = await tx
    .select({ role: releasePeople.role })
    .from(releasePeople)
    .where(eq(releasePeople.personId, personId))
    .limit(1);
  return held.length > 0;
}
