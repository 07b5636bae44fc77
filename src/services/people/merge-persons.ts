import { and, eq, exists, notExists, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import { calendarLinks } from '../../db/schema/calendar.ts';
import { notedMessages } from '../../db/schema/evidence.ts';
import { signOffs, votes } from '../../db/schema/go-no-go.ts';
import { looks } from '../../db/schema/looks.ts';
import { cards } from '../../db/schema/outbox.ts';
import { identities } from '../../db/schema/people.ts';
import { releasePeople } from '../../db/schema/release.ts';
import { releaseDrafts } from '../../db/schema/release-drafts.ts';
import { requests } from '../../db/schema/requests.ts';
import { subscriptions } from '../../db/schema/subscriptions.ts';
import type { Scope } from '../kernel/scope.ts';

/**
 * Makes two people one, who have confirmed that they are: roles, votes, identities, drafts, requests, subscriptions and
 * homes go to the second.
 * The row of the first stays, since a vote that is being cast may name it.
 */
export async function mergePersons(
  { tx, now }: Pick<Scope, 'tx' | 'now'>,
  { from, into }: { from: string; into: string },
): Promise<void> {
  const personId = into;
  const other = alias(looks, 'other');
  const connected = { personId, connectedAt: new Date(now), isPreferred: false };
  await tx.update(identities).set(connected).where(eq(identities.personId, from));
  await tx.update(releaseDrafts).set({ personId }).where(eq(releaseDrafts.personId, from));
  // What either was told need not be told again; where both were, that of the second stays.
  const told = tx
    .select({ one: sql`1` })
    .from(other)
    .where(and(eq(other.personId, into), eq(other.releaseId, looks.releaseId)));
  await tx.delete(looks).where(and(eq(looks.personId, from), exists(told)));
  await tx.update(looks).set({ personId }).where(eq(looks.personId, from));
  await tx.update(requests).set({ personId }).where(eq(requests.personId, from));
  await tx.update(notedMessages).set({ personId }).where(eq(notedMessages.personId, from));
  const same = sql`exists (select from ${subscriptions} other where other.person_id = ${into}
    and other.audience is not distinct from ${subscriptions.audience}
    and other.product is not distinct from ${subscriptions.product})`;
  await tx.delete(subscriptions).where(and(eq(subscriptions.personId, from), same));
  await tx.update(subscriptions).set({ personId }).where(eq(subscriptions.personId, from));
  // Either link goes on working where the second has none of their own.
  const own = tx.select({ one: sql`1` }).from(calendarLinks).where(eq(calendarLinks.personId, into));
  await tx
    .update(calendarLinks)
    .set({ personId })
    .where(and(eq(calendarLinks.personId, from), notExists(own)));
  await tx.update(votes).set({ personId }).where(eq(votes.personId, from));
  await tx.update(signOffs).set({ personId }).where(eq(signOffs.personId, from));
  await tx
    .update(cards)
    .set({ subjectId: into })
    .where(and(eq(cards.kind, 'home'), eq(cards.subjectId, from)));
  // A role that both held stays with one of them.
  const held = sql`exists (select from ${releasePeople} other where other.person_id = ${into}
    and other.release_id = ${releasePeople.releaseId} and other.role = ${releasePeople.role}
    and other.position = ${releasePeople.position})`;
  await tx.delete(releasePeople).where(and(eq(releasePeople.personId, from), held));
  await tx.update(releasePeople).set({ personId }).where(eq(releasePeople.personId, from));
}
