import { and, eq, notInArray, sql } from 'drizzle-orm';
import { type Destination, isAmong, placesOnce } from '../../core/address/destination.ts';
import type { Release } from '../../db/queries/load-release.ts';
import { deliveries } from '../../db/schema/outbox.ts';
import { communications } from '../../db/schema/release.ts';
import type { Scope } from '../kernel/scope.ts';
import { destinationsFor } from '../release/destinations-for.ts';
import { copySubject, placesOfSubscribers } from '../subscriptions/copies.ts';

/** The release's channel, and every place where something of its schedule for the teams may have arrived. Whoever has unsubscribed is not among them. */
export async function placesNotified(scope: Scope, release: Release): Promise<Destination[]> {
  return placesOnce([...destinationsFor(release, 'release'), ...(await placesReached(scope, release))]);
}

async function placesReached(scope: Scope, release: Release): Promise<Destination[]> {
  const { destination, subject, releaseId, communicationId, state } = deliveries;
  const isForAudience = sql`coalesce(${communications.item} ->> 'customerFacing', 'false') = 'false'`;
  const reached = await scope.tx
    .selectDistinct({ destination, subject })
    .from(deliveries)
    .innerJoin(communications, eq(communications.id, communicationId))
    .where(and(eq(releaseId, release.id), notInArray(state, ['pending', 'failed']), isForAudience));
  const audiences = reached.filter((row) => row.subject !== copySubject);
  const copies = reached.filter((row) => row.subject === copySubject);
  const stillWanted = copies.length > 0 ? await placesOfSubscribers(scope, release, () => true) : [];
  const places = [...audiences, ...copies.filter((row) => isAmong(row.destination, stillWanted))];
  return places.map((row) => row.destination);
}
