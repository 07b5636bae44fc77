import { eq, sql } from 'drizzle-orm';
import { type Identity, writeIdentity } from '../../core/people/identity.ts';
import { lockPeople } from '../../db/queries/lock-people.ts';
import { identities } from '../../db/schema/people.ts';
import type { Ctx } from '../kernel/context.ts';
import { done, type Result } from '../kernel/result.ts';
import type { Scope } from '../kernel/scope.ts';
import { runVerb } from '../kernel/verb.ts';
import { accountSchema, findIdentityRow, notYours, ownAccount } from './own-account.ts';

/** Somebody with several accounts says by which they want to get their direct messages from now on. */
export function preferAccount(args: { ctx: Ctx; input: Identity }): Promise<Result<Identity>> {
  return runVerb({ name: 'account.prefer', input: accountSchema, run: prefer }, args);
}

async function prefer(scope: Scope, account: Identity): Promise<Result<Identity>> {
  const own = ownAccount(scope.ctx);
  if (!own.ok) return own;
  await lockPeople(scope.tx);
  const mine = await findIdentityRow(scope.tx, own.value);
  const row = await findIdentityRow(scope.tx, account);
  if (!mine || row?.personId !== mine.personId) return notYours;
  const { platform, platformId, personId } = identities;
  const isIt = sql<boolean>`${platform} = ${account.platform} and ${platformId} = ${account.id}`;
  await scope.tx.update(identities).set({ isPreferred: isIt }).where(eq(personId, mine.personId));
  const details = { account: writeIdentity(account) };
  scope.audit({ action: 'account.preferred', releaseId: null, subject: writeIdentity(own.value), details });
  return done(account);
}
