import { expect, it } from 'vitest';
import type { ReleaseDestination, ReleasePerson } from '../../../src/db/queries/load-release.ts';
import type { Actor } from '../../../src/services/kernel/context.ts';
import { directMessageTo } from '../../../src/services/kernel/person-destination.ts';

const identities = ['first', 'usual', 'asked'].map((platform) => ({ platform, id: `at-${platform}` }));
const person: ReleasePerson = {
  ...{ name: 'Rita Moreno', email: 'rita@example.com', personId: 'p' },
  ...{ role: 'release_manager', position: 'holder', isReachable: true, identities },
};
const destinations: ReleaseDestination[] = [
  { address: 'status:web', destination: { channel: 'status', kind: 'address', id: 'web' } },
  { address: '#web', destination: { channel: 'usual', kind: 'channel', id: 'C1' } },
];
const system: Actor = { kind: 'system', name: 'schedule' };

function askedOn(platform: string): Actor {
  return { kind: 'person', personId: 'p', isBackup: false, identity: { platform, id: 'x' }, name: 'Rita' };
}

it.each([
  ['on which somebody asked', askedOn('asked'), destinations, 'asked'],
  ["of the release's channels when they don't use that one", askedOn('other'), destinations, 'usual'],
  ["of the release's channels when nobody asked", system, destinations, 'usual'],
  ['that they use when the release has no channel on any', system, [], 'first'],
])('a direct message goes to the platform %s', (_, actor, known, platform) => {
  expect(directMessageTo(person, { release: { destinations: known }, actor })).toEqual([
    { channel: platform, kind: 'person', id: `at-${platform}` },
  ]);
});
