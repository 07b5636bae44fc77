import { and, eq, notInArray, sql } from 'drizzle-orm';
import { type Destination, isSameDestination } from '../../core/address/destination.ts';
import type { Release } from '../../db/queries/load-release.ts';
import { deliveries } from '../../db/schema/outbox.ts';
import { communications } from '../../db/schema/release.ts';
import type { Scope } from '../kernel/scope.ts';
import { destinationsFor } from '../release/destinations-for.ts';
import { copySubject, placesOfSubscribers } from '../subscriptions/copies.ts';

/** The release's channel, and every place where something of its schedule for the teams may have arrived. */
export async function placesNotified(scope: Scope, release: Release): Promise<Destination[]> {
  const all = [
    ...destinationsFor(release, 'release'),
    ...(await placesReached(scope, release, { customers: false })),
  ];
  return all.filter((one, index) => all.findIndex((other) => isSameDestination(one, other)) === index);
}

/** The same without the release's channel: the teams who know of the release by its schedule alone. Whoever has unsubscribed is not among them. */
export async function audiencesNotified(scope: Scope, release: Release): Promise<Destination[]> {
  const channel = destinationsFor(release, 'release');
  const reached = await placesReached(scope, release, { customers: false });
  return reached.filter((one) => !channel.some((other) => isSameDestination(one, other)));
}

/** The places where customers have been told something, who must not read what is meant for the teams. */
export function customersNotified(scope: Scope, release: Release): Promise<Destination[]> {
  return placesReached(scope, release, { customers: true });
}

async function placesReached(
  scope: Scope,
  release: Release,
  { customers }: { customers: boolean },
): Promise<Destination[]> {
  const { destination, subject, releaseId, communicationId, state } = deliveries;
  const isForCustomers = sql`coalesce(${communications.item} ->> 'customerFacing', 'false') = ${String(customers)}`;
  const reached = await scope.tx
    .selectDistinct({ destination, subject })
    .from(deliveries)
    .innerJoin(communications, eq(communications.id, communicationId))
    .where(and(eq(releaseId, release.id), notInArray(state, ['pending', 'failed']), isForCustomers));
  const audiences = reached.filter((row) => row.subject !== copySubject);
  const copies = reached.filter((row) => row.subject === copySubject);
  const stillWanted = copies.length > 0 ? await placesOfSubscribers(scope, release, () => true) : [];
  const isWanted = (one: Destination) => stillWanted.some((other) => isSameDestination(one, other));
  const places = [...audiences, ...copies.filter((row) => isWanted(row.destination))];
  return places.map((row) => row.destination);
}
