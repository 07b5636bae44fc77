import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Destination,
  decodeDestination,
  encodeDestination,
  isSameDestination,
} from '../../../src/core/address/destination.ts';

const destinations: fc.Arbitrary<Destination> = fc.record({
  channel: fc.stringMatching(/^[a-z][a-z0-9-]{0,20}$/),
  kind: fc.constantFrom('channel', 'person', 'home', 'address'),
  id: fc.oneof(
    fc.string({ unit: 'grapheme', minLength: 1 }),
    fc.string({ unit: fc.constantFrom(':', '/', '%', ' ', '@', '?', 'a', 'é', '2'), minLength: 1 }),
    fc.webUrl({ withQueryParameters: true, withFragments: true }),
    fc.emailAddress(),
  ),
});

describe('the written form of a destination', () => {
  it.each([
    [{ channel: 'slack', kind: 'channel', id: 'C1' }, 'slack:channel:C1'],
    [{ channel: 'slack', kind: 'home', id: 'U1' }, 'slack:home:U1'],
    [
      { channel: 'teams', kind: 'channel', id: '19:abc@thread.tacv2' },
      'teams:channel:19%3Aabc%40thread.tacv2',
    ],
    [{ channel: 'webhook', kind: 'address', id: 'https://x/y?z' }, 'webhook:address:https%3A%2F%2Fx%2Fy%3Fz'],
    [
      { channel: 'mail', kind: 'address', id: '100 % ü@example.com' },
      'mail:address:100%20%25%20%C3%BC%40example.com',
    ],
  ] as const)('of %o is %s', (destination, written) => {
    expect(encodeDestination(destination)).toBe(written);
    expect(decodeDestination(written)).toEqual(destination);
  });

  it('brings every destination back as it was', () => {
    fc.assert(
      fc.property(destinations, (destination) => {
        expect(decodeDestination(encodeDestination(destination))).toEqual(destination);
      }),
    );
  });

  it('is another one for every destination', () => {
    fc.assert(
      fc.property(destinations, destinations, (left, right) => {
        const isSame = isSameDestination(left, right);
        expect(encodeDestination(left) === encodeDestination(right)).toBe(isSame);
      }),
    );
  });

  it.each([
    '',
    'slack',
    'slack:channel',
    'slack:channel:',
    ':channel:C1',
    'Slack:channel:C1',
    'slack:team:C1',
    'slack:channel:C1:more',
    'slack:channel:%zz',
    'slack:channel:%43%31',
    'slack:channel:a b',
  ])('is refused when it is %o', (written) => {
    expect(() => decodeDestination(written)).toThrow(TypeError);
  });

  it.each(['', '\ud800'])('does not exist for the id %o', (id) => {
    expect(() => encodeDestination({ channel: 'slack', kind: 'channel', id })).toThrow(TypeError);
  });
});
