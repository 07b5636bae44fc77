import * as z from 'zod';
import type { Identity } from '../../core/people/identity.ts';
import { lockPeople } from '../../db/queries/lock-people.ts';
import { identities } from '../../db/schema/people.ts';
import type { Queries } from '../../db/transaction.ts';
import { askPlatform } from '../kernel/ask-platform.ts';
import type { Ctx } from '../kernel/context.ts';
import { done, type Result, refuse } from '../kernel/result.ts';
import type { Scope } from '../kernel/scope.ts';
import { isIdentity } from './find-known.ts';

/** An account, as the buttons about it name it. */
export const accountSchema = z.object({ platform: z.string().max(40), id: z.string().min(1).max(400) });

/** The account by which somebody acts; a refusal when it is no person who asks. */
export function ownAccount({ actor }: Ctx): Result<Identity> {
  if (actor.kind === 'person') return done(actor.identity);
  return refuse('not-permitted', 'Only people have accounts to connect.');
}

/** What is stored of an account now, in this transaction; undefined: it has never done anything. */
export async function findIdentityRow(db: Queries, account: Identity) {
  const [row] = await db.select().from(identities).where(isIdentity(account));
  return row;
}

/**
 * The account by which somebody acts, and what is stored of another account of theirs; a refusal when that is somebody
 * else's. Until the transaction ends, nobody's accounts change.
 */
export async function lockOwnAccount(
  scope: Scope,
  account: Identity,
): Promise<Result<{ own: Identity; row: typeof identities.$inferSelect }>> {
  const own = ownAccount(scope.ctx);
  if (!own.ok) return own;
  await lockPeople(scope.tx);
  const mine = await findIdentityRow(scope.tx, own.value);
  const row = await findIdentityRow(scope.tx, account);
  if (!mine || row?.personId !== mine.personId) return notYours;
  return done({ own: own.value, row });
}

/**
 * The e-mail address that the actor's account and another one have both, in lower case, as their platforms say it
 * now.
 */
export function findSharedAddress(ctx: Ctx, other: Identity): Promise<Result<string>> {
  return askPlatform(ctx, async () => {
    const own = ownAccount(ctx);
    if (!own.ok) return own;
    const [mine, theirs] = await Promise.all([emailOf(ctx, own.value), emailOf(ctx, other)]);
    if (other.platform !== own.value.platform && mine !== null && mine === theirs) return done(mine);
    return notYours;
  });
}

/** Whoever asks for the account of somebody else. */
export const notYours = refuse('not-permitted', 'Judging by its e-mail address, that account is not yours.', {
  who: 'a person whose accounts on two platforms have the same e-mail address',
});

/** Null when the account is gone, or its platform tells no address. */
export async function emailOf(ctx: Ctx, { platform, id }: Identity): Promise<string | null> {
  const person = await ctx.directories.get(platform)?.findPerson(id);
  return person?.email?.toLowerCase() ?? null;
}
