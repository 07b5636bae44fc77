import { and, eq, isNotNull, isNull, ne, notExists } from 'drizzle-orm';
import * as z from 'zod';
import type { Destination } from '../../core/address/destination.ts';
import { isSameDestination } from '../../core/address/destination.ts';
import { type Identity, writeIdentity } from '../../core/people/identity.ts';
import { lockRelease } from '../../db/queries/lock-release.ts';
import { latestPoll } from '../../db/queries/polls.ts';
import { cards, deliveries } from '../../db/schema/outbox.ts';
import { identities } from '../../db/schema/people.ts';
import type { Ctx } from '../kernel/context.ts';
import { insertDelivery } from '../kernel/effects.ts';
import { checkSystem } from '../kernel/permissions.ts';
import { directMessagesOf, directMessageTo } from '../kernel/person-destination.ts';
import { done, type Result } from '../kernel/result.ts';
import type { Scope } from '../kernel/scope.ts';
import { rolesAnsweredBy } from '../kernel/stand-ins.ts';
import { runVerb } from '../kernel/verb.ts';
import { openBallots } from './record-unreachable.ts';
import { releasesOf } from './releases-of.ts';

const inputSchema = z.object({ platform: z.string(), id: z.string() });

/**
 * A platform says that somebody can be written to from now on: they get the open ballots that did not reach them, and
 * cards no longer say that they can't be reached. Answers how many ballots are sent again.
 */
export function recordReachable(args: { ctx: Ctx; input: Identity }): Promise<Result<{ ballots: number }>> {
  return runVerb({ name: 'person.reachable', input: inputSchema, run: record }, args);
}

async function record(scope: Scope, identity: Identity): Promise<Result<{ ballots: number }>> {
  const refusal = checkSystem(scope.ctx.actor);
  if (refusal) return { ok: false, refusal };
  const { platform, platformId, personId, unreachableSince } = identities;
  const isTheirs = and(eq(platform, identity.platform), eq(platformId, identity.id));
  const [account] = await scope.tx.select({ personId }).from(identities).where(isTheirs);
  if (!account) return done({ ballots: 0 });
  const back = await scope.tx
    .update(identities)
    .set({ unreachableSince: null })
    .where(and(isTheirs, isNotNull(unreachableSince)))
    .returning({ personId });
  const details = { account: writeIdentity(identity) };
  let ballots = 0;
  for (const { id: releaseId } of await releasesOf(scope, [account.personId])) {
    const sent = await sendMissedBallots(scope, releaseId, { ...identity, personId: account.personId });
    ballots += sent;
    if (back.length === 0 && sent === 0) continue;
    scope.audit({ action: 'person.reachable', releaseId, details });
    scope.invalidateCards(releaseId);
  }
  return done({ ballots });
}

/** Under the release's lock: two who hear of the same return send each ballot once. */
async function sendMissedBallots(
  scope: Scope,
  releaseId: string,
  account: Identity & { personId: string },
): Promise<number> {
  const release = await lockRelease(scope.tx, { id: releaseId });
  const person = release?.people.find(({ personId }) => personId === account.personId);
  const poll = person && (await latestPoll(scope.tx, releaseId));
  if (!release || !person || poll?.state !== 'open') return 0;
  const roles = rolesAnsweredBy(release, account.personId, poll).filter((role) => poll.roles.includes(role));
  const here = directMessagesOf(account);
  const isHere = directMessageTo(person, { release }).some((to) => isSameDestination(to, here));
  const missed = roles.length > 0 && isHere ? await findMissed(scope, poll.id, here) : [];
  for (const { id: cardId } of missed) {
    await insertDelivery(scope, { releaseId, destination: here, subject: 'card:ballot', cardId });
  }
  await openBallots(scope, release);
  return missed.length;
}

/** A ballot that was not posted and is not on its way. */
function findMissed({ tx }: Scope, pollId: string, to: Destination): Promise<{ id: string }[]> {
  const isOfCard = and(eq(deliveries.cardId, cards.id), ne(deliveries.state, 'failed'));
  const alive = tx.select({ id: deliveries.id }).from(deliveries).where(isOfCard);
  const isBallot = and(eq(cards.kind, 'ballot'), eq(cards.subjectId, pollId), eq(cards.destination, to));
  return tx
    .select({ id: cards.id })
    .from(cards)
    .where(and(isBallot, isNull(cards.messageId), notExists(alive)));
}
