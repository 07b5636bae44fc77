import { eq, sql } from 'drizzle-orm';
import { type Identity, writeIdentity } from '../../core/people/identity.ts';
import { identities } from '../../db/schema/people.ts';
import type { Ctx } from '../kernel/context.ts';
import { done, type Result } from '../kernel/result.ts';
import type { Scope } from '../kernel/scope.ts';
import { runVerb } from '../kernel/verb.ts';
import { accountSchema, lockOwnAccount } from './own-account.ts';

/** Somebody with several accounts says by which they want to get their direct messages from now on. */
export function preferAccount(args: { ctx: Ctx; input: Identity }): Promise<Result<Identity>> {
  return runVerb({ name: 'account.prefer', input: accountSchema, run: prefer }, args);
}

async function prefer(scope: Scope, account: Identity): Promise<Result<Identity>> {
  const found = await lockOwnAccount(scope, account);
  if (!found.ok) return found;
  const { own, row } = found.value;
  const { platform, platformId, personId } = identities;
  const isIt = sql<boolean>`${platform} = ${account.platform} and ${platformId} = ${account.id}`;
  await scope.tx.update(identities).set({ isPreferred: isIt }).where(eq(personId, row.personId));
  const details = { account: writeIdentity(account) };
  scope.audit({ action: 'account.preferred', releaseId: null, subject: writeIdentity(own), details });
  return done(account);
}
