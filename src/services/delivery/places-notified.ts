import { and, eq, isNotNull, notInArray } from 'drizzle-orm';
import { type Destination, isSameDestination } from '../../core/address/destination.ts';
import type { Release } from '../../db/queries/load-release.ts';
import { deliveries } from '../../db/schema/outbox.ts';
import type { Scope } from '../kernel/scope.ts';
import { destinationsFor } from '../release/destinations-for.ts';
import { copySubject, placesOfSubscribers } from '../subscriptions/copies.ts';

/** The release's channel, and every place where something of its schedule may have arrived. */
export async function placesNotified(scope: Scope, release: Release): Promise<Destination[]> {
  const all = [...destinationsFor(release, 'release'), ...(await placesReached(scope, release))];
  return all.filter((one, index) => all.findIndex((other) => isSameDestination(one, other)) === index);
}

/** The same without the release's channel: those who know of the release by its schedule alone. Whoever has unsubscribed is not among them. */
export async function audiencesNotified(scope: Scope, release: Release): Promise<Destination[]> {
  const channel = destinationsFor(release, 'release');
  const reached = await placesReached(scope, release);
  return reached.filter((one) => !channel.some((other) => isSameDestination(one, other)));
}

async function placesReached(scope: Scope, release: Release): Promise<Destination[]> {
  const { destination, subject, releaseId, communicationId, state } = deliveries;
  const reached = await scope.tx
    .selectDistinct({ destination, subject })
    .from(deliveries)
    .where(
      and(eq(releaseId, release.id), isNotNull(communicationId), notInArray(state, ['pending', 'failed'])),
    );
  const audiences = reached.filter((row) => row.subject !== copySubject);
  const copies = reached.filter((row) => row.subject === copySubject);
  const stillWanted = copies.length > 0 ? await placesOfSubscribers(scope, release, () => true) : [];
  const isWanted = (one: Destination) => stillWanted.some((other) => isSameDestination(one, other));
  const places = [...audiences, ...copies.filter((row) => isWanted(row.destination))];
  return places.map((row) => row.destination);
}
