import type { Destination } from '../../core/address/destination.ts';
import type { Identity } from '../../core/people/identity.ts';
import type { Release, ReleasePerson } from '../../db/queries/load-release.ts';

/** Where a person gets direct messages: on one platform, however many they use. Nowhere when none is known. */
export function directMessageTo({ identities: [identity] }: ReleasePerson): Destination[] {
  return identity ? [{ channel: identity.platform, kind: 'person', id: identity.id }] : [];
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
