import { and, eq, isNotNull, notInArray } from 'drizzle-orm';
import { type Destination, isSameDestination } from '../../core/address/destination.ts';
import type { Release } from '../../db/queries/load-release.ts';
import { deliveries } from '../../db/schema/outbox.ts';
import type { Scope } from '../kernel/scope.ts';
import { destinationsFor } from '../release/destinations-for.ts';

/** The release's channel, and every place where something of its schedule may have arrived. */
export async function placesNotified(scope: Scope, release: Release): Promise<Destination[]> {
  const all = [...destinationsFor(release, 'release'), ...(await placesReached(scope, release))];
  return all.filter((one, index) => all.findIndex((other) => isSameDestination(one, other)) === index);
}

async function placesReached({ tx }: Scope, release: Release): Promise<Destination[]> {
  const { destination, releaseId, communicationId, state } = deliveries;
  const reached = await tx
    .selectDistinct({ destination })
    .from(deliveries)
    .where(
      and(eq(releaseId, release.id), isNotNull(communicationId), notInArray(state, ['pending', 'failed'])),
    );
  return reached.map((row) => row.destination);
}
