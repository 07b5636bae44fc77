import { and, asc, eq, isNull } from 'drizzle-orm';
import { type Destination, isAmong } from '../../core/address/destination.ts';
import type { Card } from '../../core/card/card.ts';
import { followedNews } from '../../core/messages/followed-message.ts';
import type { ReleaseTransition } from '../../core/release/release-state.ts';
import type { Release } from '../../db/queries/load-release.ts';
import { cards } from '../../db/schema/outbox.ts';
import { deliver } from '../kernel/effects.ts';
import type { Scope } from '../kernel/scope.ts';
import { followedKind, followerSubject } from './followed-names.ts';

/** Tells whoever follows a release that it has come a step further, in their direct messages. */
export async function tellFollowers(
  scope: Scope,
  release: Release,
  news: ReleaseTransition | 'live',
): Promise<void> {
  const { key: releaseKey, plan, goLiveAt } = release;
  const title = `${plan.product} ${plan.version}`;
  const content = followedNews(news, { releaseKey, title, goLiveAt, zone: plan.goLive.zone });
  if (content) await deliverToFollowers(scope, release, content);
}

/** Sends something to everybody who follows a release. `except`: who hears it already. */
export async function deliverToFollowers(
  scope: Scope,
  release: Release,
  content: Card,
  { except = [] }: { except?: readonly Destination[] } = {},
): Promise<void> {
  const followers = await followersOf(scope, release);
  const to = followers.filter((one) => !isAmong(one, except));
  await deliver(scope, { releaseId: release.id, to, subject: followerSubject, content });
}

/** Where those are told who follow a release. */
export async function followersOf({ tx }: Scope, { id }: Release): Promise<Destination[]> {
  const { destination, kind, leftSince, releaseId } = cards;
  const isFollower = and(eq(releaseId, id), eq(kind, followedKind), isNull(leftSince));
  const rows = await tx.select({ destination }).from(cards).where(isFollower).orderBy(asc(cards.id));
  return rows.map((row) => row.destination);
}
