import type { Destination } from '../../core/address/destination.ts';
import type { Audience } from '../../core/plan/audiences.ts';
import type { Release } from '../../db/queries/load-release.ts';

/** Where an audience of a release is reached, in the plan's order. */
export function destinationsFor(release: Release, audience: Audience): Destination[] {
  return [destinationNamed(release, release.plan.channels[audience])];
}

/** Where an address that a release's plan names was found, such as `#support`. */
export function destinationNamed(release: Release, address: string): Destination {
  const found = release.channels.find(({ name }) => name === address);
  if (!found) throw new Error(`release ${release.key} has no destination for ${address}`);
  return { channel: 'slack', kind: 'channel', id: found.channelId };
}

/** The address under which a release's plan names a destination; undefined when it does not. */
export function findAddress(release: Release, { id }: Destination): string | undefined {
  return release.channels.find(({ channelId }) => channelId === id)?.name;
}
