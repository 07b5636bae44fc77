import * as z from 'zod';
import { handoverMessage, type TakenOver } from '../../core/messages/handover-message.ts';
import { type RoleName, roleTitle } from '../../core/plan/roles.ts';
import { findDrafts, standingOf } from '../../db/queries/drafts.ts';
import type { Release } from '../../db/queries/load-release.ts';
import { lockPeople } from '../../db/queries/lock-people.ts';
import { lockRelease } from '../../db/queries/lock-release.ts';
import { latestPoll } from '../../db/queries/polls.ts';
import { findOpenTasks } from '../../db/queries/tasks.ts';
import { ownerRole } from '../approval/who-decides.ts';
import type { Ctx } from '../kernel/context.ts';
import { insertDelivery } from '../kernel/effects.ts';
import { directMessageTo } from '../kernel/person-destination.ts';
import { done, type Result, refuse } from '../kernel/result.ts';
import type { Scope } from '../kernel/scope.ts';
import { runVerb } from '../kernel/verb.ts';
import { linkPerson, type PersonAccounts } from '../people/link-person.ts';
import { releasesOf } from '../people/releases-of.ts';
import { giveRoles, holderOf, sharedRole } from '../release/give-roles.ts';
import { lookUpHolder, type NamedPerson } from '../release/look-up-holder.ts';
import { tellNewsSince } from './news-since.ts';

/** The roles that somebody holds in a release that is under way or live. */
export interface HeldDuties {
  releaseKey: string;
  roles: RoleName[];
}

export interface HandedOver {
  to: string;
  duties: HeldDuties[];
}

const name = 'release.hand-over';
const inputSchema = z.object({});

/** What the actor would hand over: asked before the form opens. */
export function prepareHandover({ ctx }: { ctx: Ctx; input: object }): Promise<Result<HeldDuties[]>> {
  const run = async (scope: Scope): Promise<Result<HeldDuties[]>> => {
    const held = await heldBy(scope);
    return held.ok
      ? done(held.value.map(({ release, roles }) => ({ releaseKey: release.key, roles })))
      : held;
  };
  return runVerb({ name, input: inputSchema, run }, { ctx, input: {} });
}

/**
 * Gives all roles that the actor holds in releases under way or live to somebody else, with open votes, tasks and customer
 * messages: everywhere, or nowhere. They are told what is theirs now, and what has happened since they were last told.
 * Backups stay who they are.
 */
export async function handOverDuties({
  ctx,
  input: { person },
}: {
  ctx: Ctx;
  input: { person: NamedPerson };
}): Promise<Result<HandedOver>> {
  const found = await lookUpHolder(ctx, person);
  const run = (scope: Scope) => handOver(scope, found);
  return runVerb({ name, input: inputSchema, run }, { ctx, input: {} });
}

interface Held {
  release: Release;
  roles: RoleName[];
}

/** The releases are locked, in an order that two requests share. */
async function heldBy(scope: Scope): Promise<Result<Held[]>> {
  const { actor } = scope.ctx;
  const none = refuse('not-permitted', 'You hold no role in a release that is under way or live.', {
    who: 'whoever holds one',
  });
  if (actor.kind !== 'person') return none;
  const releases = await releasesOf(scope, [actor.personId]);
  const held: Held[] = [];
  for (const { id } of releases.toSorted((one, other) => (one.id < other.id ? -1 : 1))) {
    const release = await lockRelease(scope.tx, { id });
    const own = (release?.people ?? []).filter(
      ({ personId, position }) => personId === actor.personId && position === 'holder',
    );
    if (release && own.length > 0) held.push({ release, roles: own.map(({ role }) => role) });
  }
  return held.length > 0 ? done(held) : none;
}

async function handOver(scope: Scope, found: Result<PersonAccounts>): Promise<Result<HandedOver>> {
  const held = await heldBy(scope);
  if (!held.ok) return held;
  if (!found.ok) return { ok: false, refusal: { ...found.refusal, field: 'person' } };
  const { name: from } = scope.ctx.actor;
  await lockPeople(scope.tx);
  const personId = await linkPerson(scope, found.value);
  const refused = refuseReceiver(scope, held.value, { personId, name: found.value.name });
  if (refused) return refused;
  const taken: TakenOver[] = [];
  for (const { release, roles } of held.value) {
    const news = await tellNewsSince(scope, { personId, release });
    const changed = await giveRoles(scope, release, { roles, personId, person: found.value });
    taken.push({ ...(await waitingIn(scope, changed, roles)), news });
  }
  await tellReceiver(scope, held.value, { personId, from, taken });
  const duties = held.value.map(({ release, roles }) => ({ releaseKey: release.key, roles }));
  return done({ to: found.value.name, duties });
}

/** That nobody hands over to themselves, or to somebody who votes already where a plan wants different people. */
function refuseReceiver(
  { ctx: { actor } }: Scope,
  held: readonly Held[],
  { personId, name: to }: { personId: string; name: string },
): Result<never> | null {
  if (actor.kind === 'person' && actor.personId === personId) {
    return refuse('invalid', 'That is you. Choose somebody else.', { field: 'person' });
  }
  const reasons = held.flatMap(({ release, roles }) => {
    const voting = roles.filter((role) => release.plan.goNoGo.roles.includes(role));
    const [first, second] = voting;
    const shared =
      first &&
      (sharedRole(release, first, personId) ?? (release.plan.goNoGo.distinctPeople ? second : undefined));
    return shared
      ? [
          `${release.key}: its plan requires a different person for each role that votes (${roleTitle(shared)}).`,
        ]
      : [];
  });
  if (reasons.length === 0) return null;
  return refuse('conditions-unmet', `${to} can't take over all of it.`, { reasons, field: 'person' });
}

/** What waits for some roles in a release. */
async function waitingIn(
  { tx }: Scope,
  release: Release,
  roles: readonly RoleName[],
): Promise<Omit<TakenOver, 'news'>> {
  const [tasks, drafts, poll] = await Promise.all([
    findOpenTasks(tx, [release.id]),
    findDrafts(tx, [release.id]),
    latestPoll(tx, release.id),
  ]);
  const isWaiting = (standing: ReturnType<typeof standingOf>) =>
    standing === 'waiting' || standing === 'late';
  const unvoted =
    poll?.state === 'open' ? poll.roles.filter((role) => poll.votes.every((vote) => vote.role !== role)) : [];
  const { key: releaseKey, plan } = release;
  return {
    ...{ releaseKey, product: plan.product, version: plan.version, zone: plan.goLive.zone, roles },
    openTasks: tasks.filter(({ owner }) => roles.includes(owner)).length,
    waitingDrafts: drafts.filter(
      (draft) => roles.includes(ownerRole(draft.item)) && isWaiting(standingOf(draft, release)),
    ).length,
    hasOpenVote: roles.some((role) => unvoted.includes(role)),
  };
}

/** One message, however many releases there are. */
async function tellReceiver(
  scope: Scope,
  held: readonly Held[],
  { personId, from, taken }: { personId: string; from: string; taken: readonly TakenOver[] },
): Promise<void> {
  const [first] = held;
  const release = first && (await lockRelease(scope.tx, { id: first.release.id }));
  const receiver = release && first.roles[0] && holderOf(release, first.roles[0]);
  if (!release || receiver?.personId !== personId) throw new Error('the roles were not given');
  const content = handoverMessage({ from, releases: taken });
  for (const destination of directMessageTo(receiver, { release })) {
    await insertDelivery(scope, { releaseId: release.id, destination, subject: 'handover', content });
  }
}
