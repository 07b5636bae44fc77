import { type Destination, isSameDestination, placesOnce } from '../../core/address/destination.ts';
import { audienceAddresses } from '../../core/plan/audience-addresses.ts';
import type { Audience } from '../../core/plan/audiences.ts';
import type { Release } from '../../db/queries/load-release.ts';

/** Where an audience of a release is reached, in the plan's order. */
export function destinationsFor(release: Release, audience: Audience): Destination[] {
  return destinationsOf(release, audienceAddresses(release.plan, audience));
}

/** Where the addresses were found that a release's plan names, such as `#support`; in their order, each place once. */
export function destinationsOf(release: Release, addresses: readonly string[]): Destination[] {
  return placesOnce(addresses.map((address) => destinationAt(release, address)));
}

function destinationAt(release: Release, address: string): Destination {
  const found = release.destinations.find((entry) => entry.address === address);
  if (!found) throw new Error(`release ${release.key} has no destination for ${address}`);
  return found.destination;
}

/** The address under which a release's plan names a destination; undefined when it does not. */
export function findAddress(release: Release, destination: Destination): string | undefined {
  return release.destinations.find((entry) => isSameDestination(entry.destination, destination))?.address;
}
