import { and, eq, sql } from 'drizzle-orm';
import { type Destination, isSameDestination } from '../../core/address/destination.ts';
import type { Card } from '../../core/card/card.ts';
import type { Release } from '../../db/queries/load-release.ts';
import { type DeliveryState, deliveries } from '../../db/schema/outbox.ts';
import { followerSubjects } from '../follow/followed-names.ts';
import { deliver } from '../kernel/effects.ts';
import { directMessagesOf } from '../kernel/person-destination.ts';
import type { Scope } from '../kernel/scope.ts';
import { reachable, whoMay } from '../kernel/who-may.ts';
import { destinationsFor } from '../release/destinations-for.ts';
import { copySubject } from '../subscriptions/copies.ts';
import { receiversOf, replacedCardSubject } from './notice.ts';

/** A notice that may not have been read where it was to go. */
interface LostNotice {
  subject: string;
  content: Card | null;
  destination: Destination;
  /** The person for whom it was can't be reached any more. */
  isGone: boolean;
}

/**
 * A notice that a person did not get, or may not have got, goes to the next receiver: to whoever stands in when they
 * are gone, else to the release's channel. There is no notice about a notice: one of which it is not known anywhere
 * whether it arrived is posted at the next place of the release that has not had it, until none is left; what it asks
 * also stands on the live cards. One that a channel refuses goes nowhere else.
 */
export async function passNoticeOn(scope: Scope, release: Release, notice: LostNotice): Promise<void> {
  const { subject, content } = notice;
  if (!content || subject === replacedCardSubject || followerSubjects.includes(subject)) return;
  if (subject === copySubject) return;
  const to = await nextPlaces(scope, release, { ...notice, content });
  await deliver(scope, { releaseId: release.id, to, subject, content });
}

async function nextPlaces(
  scope: Scope,
  release: Release,
  notice: LostNotice & { content: Card },
): Promise<Destination[]> {
  const { destination, isGone } = notice;
  if (isGone) return destination.kind === 'person' ? receiversOf(scope, release, destination) : [];
  const copies = await findCopies(scope, release, notice);
  const isAsked = copies.some(({ state }) => state === 'pending' || state === 'sending' || state === 'sent');
  if (isAsked || (destination.kind !== 'person' && copies.every(({ state }) => state === 'failed')))
    return [];
  const isNew = (place: Destination) => !copies.some((copy) => isSameDestination(copy.destination, place));
  const channels = destinationsFor(release, 'release').filter(isNew);
  return channels.length > 0 ? channels : directPlaces(release).filter(isNew).slice(0, 1);
}

/** The same notice wherever it was to go. */
function findCopies(
  { tx }: Scope,
  { id }: Release,
  { subject, content }: { subject: string; content: Card },
): Promise<{ destination: Destination; state: DeliveryState }[]> {
  const { releaseId, destination, state } = deliveries;
  return tx
    .select({ destination, state })
    .from(deliveries)
    .where(
      and(
        eq(releaseId, id),
        eq(deliveries.subject, subject),
        sql`${deliveries.content} = ${JSON.stringify(content)}::jsonb`,
      ),
    );
}

/** Every account of those who may settle a message, and of those who can tell them. */
function directPlaces(release: Release): Destination[] {
  const people = [
    ...whoMay(release, 'delivery.settle'),
    ...reachable(release, ['business_sponsor', 'engineering_lead', 'devops_lead']),
  ];
  return people.flatMap(({ identities }) =>
    identities.filter(({ isUnreachable }) => !isUnreachable).map(directMessagesOf),
  );
}
