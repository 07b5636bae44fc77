import type { Destination } from '../../core/address/destination.ts';
import type { Identity } from '../../core/people/identity.ts';
import type { Release, ReleasePerson } from '../../db/queries/load-release.ts';
import type { Actor } from './context.ts';

/**
 * Where a person gets direct messages: on one platform, however many they use. It is the one on which
 * `actor` asked, or the one that they prefer, or that of the release's channels, or whichever they use; one that takes
 * messages, if there is any. Nowhere when none is known. Without an actor it is the same place each time, as live
 * cards need.
 */
export function directMessageTo(
  { identities }: Pick<ReleasePerson, 'identities'>,
  { release, actor }: { release: Pick<Release, 'destinations'>; actor?: Actor },
): Destination[] {
  const reached = identities.filter(({ isUnreachable }) => !isUnreachable);
  const possible = reached.length > 0 ? reached : identities;
  const on = (platform: string | undefined) => possible.find((each) => each.platform === platform);
  const preferred = possible.find(({ isPreferred }) => isPreferred);
  const asked = actor?.kind === 'person' ? on(actor.identity.platform) : undefined;
  const identity = asked ?? preferred ?? on(defaultPlatform(release)) ?? possible[0];
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
