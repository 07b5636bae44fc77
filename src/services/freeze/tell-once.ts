import { type Destination, encodeDestination } from '../../core/address/destination.ts';
import type { Card } from '../../core/card/card.ts';
import type { Release } from '../../db/queries/load-release.ts';
import { insertDelivery } from '../kernel/effects.ts';
import type { Scope } from '../kernel/scope.ts';
import { destinationsFor } from '../release/destinations-for.ts';

/** One message to each channel of some releases, about all of those that have it. */
export async function tellOnce(
  scope: Scope,
  releases: readonly Release[],
  { subject, contentFor }: { subject: string; contentFor: (here: readonly Release[]) => Card },
): Promise<void> {
  const places = new Map<string, { destination: Destination; here: Release[] }>();
  for (const release of releases) {
    for (const destination of destinationsFor(release, 'release')) {
      const key = encodeDestination(destination);
      const place = places.get(key) ?? { destination, here: [] };
      place.here.push(release);
      places.set(key, place);
    }
  }
  for (const { destination, here } of places.values()) {
    const releaseId = here[0]?.id ?? null;
    await insertDelivery(scope, { releaseId, destination, subject, content: contentFor(here) });
  }
}
