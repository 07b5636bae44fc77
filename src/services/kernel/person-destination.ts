import type { Destination } from '../../core/address/destination.ts';
import type { Identity } from '../../core/people/identity.ts';
import type { Release, ReleasePerson } from '../../db/queries/load-release.ts';
import type { Actor } from './context.ts';

/**
 * Where a person of a release gets direct messages: on one platform, however many they use. It is the one on which
 * `actor` asked, or that of the release's channels, or whichever they use. Nowhere when none is known. Without an
 * actor it is the same place each time, as live cards need.
 */
export function directMessageTo(
  { identities }: ReleasePerson,
  { release, actor }: { release: Pick<Release, 'destinations'>; actor?: Actor },
): Destination[] {
  const on = (platform: string | undefined) => identities.find((each) => each.platform === platform);
  const asked = actor?.kind === 'person' ? on(actor.identity.platform) : undefined;
  const identity = asked ?? on(defaultPlatform(release)) ?? identities[0];
  return identity ? [directMessagesOf(identity)] : [];
}

function defaultPlatform({ destinations }: Pick<Release, 'destinations'>): string | undefined {
  return destinations.find(({ destination }) => destination.kind === 'channel')?.destination.channel;
}

/** Where an account gets direct messages. */
export function directMessagesOf({ platform, id }: Identity): Destination {
  return { channel: platform, kind: 'person', id };
}

/** The page that the app shows to one person. */
export function homeOf({ platform, id }: Identity): Destination {
  return { channel: platform, kind: 'home', id };
}

/** The person of a release who is reached at a destination. */
export function personAt(release: Release, { channel, id }: Destination): ReleasePerson | undefined {
  return release.people.find(({ identities }) =>
    identities.some((identity) => identity.platform === channel && identity.id === id),
  );
}
