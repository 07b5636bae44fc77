import { platformName } from '../../core/messages/account-message.ts';
import { type Identity, writeIdentity } from '../../core/people/identity.ts';
import { isMatch } from '../../db/queries/account-matches.ts';
import { lockPeople } from '../../db/queries/lock-people.ts';
import { accountMatches } from '../../db/schema/people.ts';
import type { Ctx } from '../kernel/context.ts';
import { done, type Result, refuse } from '../kernel/result.ts';
import type { Scope } from '../kernel/scope.ts';
import { runVerb } from '../kernel/verb.ts';
import { accountSchema, findIdentityRow, notYours, ownAccount } from './own-account.ts';

/** Somebody says that an account about which they were asked is not theirs. They may change their mind. */
export function declineAccount(args: { ctx: Ctx; input: Identity }): Promise<Result<Identity>> {
  return runVerb({ name: 'account.decline', input: accountSchema, run: decline }, args);
}

async function decline(scope: Scope, account: Identity): Promise<Result<Identity>> {
  const own = ownAccount(scope.ctx);
  if (!own.ok) return own;
  await lockPeople(scope.tx);
  const [mine, theirs] = [
    await findIdentityRow(scope.tx, own.value),
    await findIdentityRow(scope.tx, account),
  ];
  if (mine && mine.personId === theirs?.personId) {
    const message = `Your account on ${platformName(account.platform)} is connected. Disconnect it if it's not yours.`;
    return refuse('wrong-state', message);
  }
  const declined = await scope.tx
    .update(accountMatches)
    .set({ answer: 'not_mine', answeredAt: new Date(scope.now) })
    .where(isMatch(own.value, account))
    .returning({ email: accountMatches.email });
  if (declined.length === 0) return notYours;
  const details = { account: writeIdentity(account) };
  scope.audit({ action: 'account.declined', releaseId: null, subject: writeIdentity(own.value), details });
  return done(account);
}
