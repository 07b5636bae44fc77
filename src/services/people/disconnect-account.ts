import { and, eq } from 'drizzle-orm';
import { platformName } from '../../core/messages/account-message.ts';
import { type Identity, isSameIdentity, writeIdentity } from '../../core/people/identity.ts';
import { isMatch } from '../../db/queries/account-matches.ts';
import { cards } from '../../db/schema/outbox.ts';
import { accountMatches, identities, persons } from '../../db/schema/people.ts';
import type { Ctx } from '../kernel/context.ts';
import { homeOf } from '../kernel/person-destination.ts';
import { done, type Result, refuse } from '../kernel/result.ts';
import type { Scope } from '../kernel/scope.ts';
import { runVerb } from '../kernel/verb.ts';
import { isIdentity } from './find-known.ts';
import { accountSchema, lockOwnAccount } from './own-account.ts';
import { noteMatch } from './propose-matches.ts';
import { touchReleases } from './releases-of.ts';

/**
 * Undoes a connection: the account that was added becomes a person of its own again, without roles. What was done by
 * it stays with the person. The account by which a person has their roles can't be taken from them.
 */
export function disconnectAccount(args: { ctx: Ctx; input: Identity }): Promise<Result<Identity>> {
  return runVerb({ name: 'account.disconnect', input: accountSchema, run: disconnect }, args);
}

async function disconnect(scope: Scope, account: Identity): Promise<Result<Identity>> {
  const found = await lockOwnAccount(scope, account);
  if (!found.ok) return found;
  const { own, row } = found.value;
  if (row.connectedAt === null) {
    const message = `Your account on ${platformName(account.platform)} is the one that holds your roles, so it can't be disconnected. An account that was connected to it can.`;
    return refuse('wrong-state', message);
  }
  await separate(scope, account, row.personId);
  await rememberAsDeclined(scope, { own, account, personId: row.personId });
  const details = { account: writeIdentity(account) };
  await touchReleases(scope, row.personId, {
    action: 'account.disconnected',
    subject: writeIdentity(own),
    details,
  });
  return done(account);
}

/** A person of its own, with the page that the platform shows to it. */
async function separate({ tx, ctx }: Scope, account: Identity, from: string): Promise<void> {
  const personId = ctx.newId();
  const name = tx.select({ name: persons.name }).from(persons).where(eq(persons.id, from));
  const [person] = await name;
  await tx.insert(persons).values({ id: personId, name: person?.name ?? ctx.actor.name });
  await tx
    .update(identities)
    .set({ personId, email: null, connectedAt: null, isPreferred: false })
    .where(isIdentity(account));
  await tx
    .update(cards)
    .set({ subjectId: personId })
    .where(and(eq(cards.kind, 'home'), eq(cards.subjectId, from), eq(cards.destination, homeOf(account))));
}

/** So that the next plan does not ask again. */
async function rememberAsDeclined(
  scope: Scope,
  { own, account, personId }: { own: Identity; account: Identity; personId: string },
): Promise<void> {
  const [remaining] = await scope.tx.select().from(identities).where(eq(identities.personId, personId));
  if (!remaining) return;
  const kept = { platform: remaining.platform, id: remaining.platformId };
  await noteMatch(scope, { own: kept, other: account, email: remaining.email ?? '' });
  const [by, of] = isSameIdentity(own, account) ? [account, kept] : [kept, account];
  await scope.tx
    .update(accountMatches)
    .set({ answer: 'not_mine', answeredAt: new Date(scope.now) })
    .where(isMatch(by, of));
}
