import { and, eq, sql } from 'drizzle-orm';
import * as z from 'zod';
import { releaseStateTitles, staffedStates } from '../../core/release/release-state.ts';
import type { TrailAction } from '../../core/trail/event-kinds.ts';
import type { Release } from '../../db/queries/load-release.ts';
import { lockRelease } from '../../db/queries/lock-release.ts';
import { cards } from '../../db/schema/outbox.ts';
import { invalidateHomes } from '../home/invalidate-homes.ts';
import type { Actor, Ctx } from '../kernel/context.ts';
import { openCard } from '../kernel/effects.ts';
import { directMessagesOf } from '../kernel/person-destination.ts';
import { done, type Result, refuse } from '../kernel/result.ts';
import type { Scope } from '../kernel/scope.ts';
import { runVerb } from '../kernel/verb.ts';
import { refuseUnknownRelease } from '../kernel/which-release.ts';
import { followedKind } from './followed-names.ts';

const inputSchema = z.object({ releaseKey: z.string() });
type Input = z.infer<typeof inputSchema>;

export interface FollowedRelease {
  releaseKey: string;
}

/**
 * Somebody wants to hear of a release without a role in it: from now on they have its card in their direct messages,
 * and hear what changes. Open to everybody of the workspace.
 */
export function followRelease(args: { ctx: Ctx; input: Input }): Promise<Result<FollowedRelease>> {
  return runVerb({ name: 'release.follow', input: inputSchema, run: follow }, args);
}

/** They want to hear of it no longer. */
export function unfollowRelease(args: { ctx: Ctx; input: Input }): Promise<Result<FollowedRelease>> {
  return runVerb({ name: 'release.unfollow', input: inputSchema, run: unfollow }, args);
}

async function follow(scope: Scope, input: Input): Promise<Result<FollowedRelease>> {
  const loaded = await loadFollowable(scope, input);
  if (!loaded.ok) return loaded;
  const { release, person } = loaded.value;
  const about = { releaseId: release.id };
  if (!(staffedStates as readonly string[]).includes(release.state)) {
    const message = `${release.key} is ${releaseStateTitles[release.state]}: there is nothing left to follow.`;
    return refuse('wrong-state', message, about);
  }
  const to = directMessagesOf(person.identity);
  const card = { kind: followedKind, subjectId: release.id };
  const opened = await openCard(scope, { ...card, releaseId: release.id, to: [to] });
  if (opened === 0 && !(await setLeft(scope, release, person, null))) {
    return refuse('wrong-state', `You already follow ${release.key}.`, about);
  }
  return settle(scope, release, person, 'release.followed');
}

async function unfollow(scope: Scope, input: Input): Promise<Result<FollowedRelease>> {
  const loaded = await loadFollowable(scope, input);
  if (!loaded.ok) return loaded;
  const { release, person } = loaded.value;
  if (!(await setLeft(scope, release, person, new Date(scope.ctx.clock.wall())))) {
    return refuse('wrong-state', `You don't follow ${release.key}.`, { releaseId: release.id });
  }
  return settle(scope, release, person, 'release.unfollowed');
}

type Person = Extract<Actor, { kind: 'person' }>;

async function loadFollowable(
  scope: Scope,
  { releaseKey }: Input,
): Promise<Result<{ release: Release; person: Person }>> {
  const { actor } = scope.ctx;
  const release = await lockRelease(scope.tx, { key: releaseKey });
  if (actor.kind !== 'person') {
    const about = release ? { releaseId: release.id } : {};
    return refuse('not-permitted', 'Only people in this workspace can follow a release.', about);
  }
  return release ? done({ release, person: actor }) : refuseUnknownRelease(releaseKey);
}

/** Whether that changed anything. */
async function setLeft(
  { tx, notify }: Scope,
  release: Release,
  { identity }: Person,
  leftSince: Date | null,
): Promise<boolean> {
  const destination = directMessagesOf(identity);
  const isOther = leftSince === null ? sql`${cards.leftSince} is not null` : sql`${cards.leftSince} is null`;
  const changed = await tx
    .update(cards)
    .set({ leftSince, revision: sql`${cards.revision} + 1` })
    .where(
      and(
        eq(cards.kind, followedKind),
        eq(cards.subjectId, release.id),
        eq(cards.destination, destination),
        isOther,
      ),
    )
    .returning({ id: cards.id });
  if (changed.length > 0) notify({ job: 'card', destination });
  return changed.length > 0;
}

async function settle(
  scope: Scope,
  { id, key }: Release,
  { personId }: Person,
  action: TrailAction,
): Promise<Result<FollowedRelease>> {
  scope.audit({ action, releaseId: id, subject: personId });
  await invalidateHomes(scope, [personId]);
  return done({ releaseKey: key });
}
