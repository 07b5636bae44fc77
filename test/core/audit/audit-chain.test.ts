import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type AuditLink,
  type ChainPlace,
  checkEnd,
  followChain,
  genesisHash,
  linkHash,
  startOfChain,
} from '../../../src/core/audit/audit-chain.ts';

const chain = 'release-1';

function buildChain(bodies: readonly string[], name = chain): AuditLink[] {
  const links: AuditLink[] = [];
  for (const [index, body] of bodies.entries()) {
    const prevHash = links.at(-1)?.hash ?? genesisHash;
    const unhashed = { chain: name, seq: index + 1, body, prevHash, signature: null, redaction: null };
    links.push({ ...unhashed, hash: linkHash(unhashed) });
  }
  return links;
}

function headOf(links: readonly AuditLink[]) {
  return { chain, seq: links.length, hash: links.at(-1)?.hash ?? genesisHash };
}

const five = buildChain(['one', 'two', 'three', 'four', 'five']);
const head = headOf(five);
const without = (seq: number) => five.filter((link) => link.seq !== seq);
const changed = (seq: number, change: Partial<AuditLink>) =>
  five.map((link) => (link.seq === seq ? { ...link, ...change } : link));
const rehashed = (seq: number, body: string) =>
  five.map((link) => (link.seq === seq ? { ...link, body, hash: linkHash({ ...link, body }) } : link));

/** The first broken link of a whole chain, read in one go. */
function findBrokenLink(links: readonly AuditLink[], end: ChainPlace) {
  const followed = followChain(startOfChain(chain), links);
  return followed.broken ?? checkEnd(followed.end, end);
}

describe('a chain read in pages', () => {
  it.each([1, 2, 3, 5])('leads to the same end, %i at a time', (size) => {
    let place = startOfChain(chain);
    for (let start = 0; start < five.length; start += size) {
      const { end, broken } = followChain(place, five.slice(start, start + size));
      expect(broken).toBeNull();
      place = end;
    }
    expect(place).toEqual(head);
  });

  it('is broken where its next page does not follow', () => {
    const { end } = followChain(startOfChain(chain), five.slice(0, 2));
    const problem = 'event 3 is missing';
    expect(followChain(end, five.slice(3)).broken).toEqual({ chain, seq: 3, problem });
  });
});

describe('a chain', () => {
  it('finds nothing in a chain as it was written, the empty one too', () => {
    expect(findBrokenLink(five, head)).toBeNull();
    expect(findBrokenLink([], headOf([]))).toBeNull();
  });

  it.each([
    ['a changed body', changed(3, { body: 'drei' }), 3, 'its contents were changed'],
    ['a changed hash', changed(3, { hash: genesisHash }), 3, 'its contents were changed'],
    [
      'a changed previous hash',
      changed(3, { prevHash: genesisHash }),
      3,
      'it does not follow the event before it',
    ],
    ['a changed body, hashed anew', rehashed(3, 'drei'), 4, 'it does not follow the event before it'],
    [
      'the last body changed, hashed anew',
      rehashed(5, 'fünf'),
      5,
      'it is not the event that the chain should end with',
    ],
    ['a dropped event', without(2), 2, 'event 2 is missing'],
    ['a dropped first event', without(1), 1, 'event 1 is missing'],
    ['the tail cut', without(5), 5, 'the chain ends at 4, it should end at 5'],
    ['everything gone', [], 1, 'the chain ends at 0, it should end at 5'],
    ['an event of another chain', changed(2, { chain: 'release-2' }), 2, 'its contents were changed'],
    ['an event twice', [...five.slice(0, 2), ...five.slice(1)], 3, 'event 3 is missing'],
    [
      'an event appended past the head',
      buildChain(['one', 'two', 'three', 'four', 'five', 'six']),
      7,
      'the chain ends at 6, it should end at 5',
    ],
  ])('finds %s', (_what, links, seq, problem) => {
    expect(findBrokenLink(links, head)).toEqual({ chain, seq, problem });
  });

  it('finds a head that points elsewhere', () => {
    expect(findBrokenLink(five, { ...head, hash: genesisHash })).toMatchObject({ seq: 5 });
    expect(findBrokenLink(five, { ...head, seq: 4 })).toMatchObject({ seq: 6 });
  });

  it('finds any one event that is changed, dropped, moved or put in', () => {
    const bodies = fc.array(fc.string(), { minLength: 2, maxLength: 8 });
    fc.assert(
      fc.property(bodies, fc.nat(), fc.nat(), fc.string(), (texts, first, second, text) => {
        const links = buildChain(texts);
        const end = headOf(links);
        const from = first % links.length;
        const to = second % links.length;
        const at = links[from];
        if (!at) return;
        const broken = [
          links.map((link) => (link === at ? { ...link, body: `${link.body}${text}!` } : link)),
          links.filter((link) => link !== at),
          links.toSpliced(from, 0, at),
          ...(from === to ? [] : [swapped(links, from, to)]),
        ];
        for (const tampered of broken) expect(findBrokenLink(tampered, end)).not.toBeNull();
      }),
    );
  });
});

/** Two events in each other's place, their numbers too. */
function swapped(links: readonly AuditLink[], from: number, to: number): AuditLink[] {
  const moved = [...links];
  const [left, right] = [links[from], links[to]];
  if (!left || !right) return moved;
  moved[from] = { ...right, seq: left.seq };
  moved[to] = { ...left, seq: right.seq };
  return moved;
}
