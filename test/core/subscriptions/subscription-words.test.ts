import { expect, it } from 'vitest';
import { AUDIENCES } from '../../../src/core/plan/audiences.ts';
import { audienceName, readWanted, wantedWords } from '../../../src/core/subscriptions/subscription-words.ts';

it.each([
  ['', null],
  ['  ', null],
  ['support', { audience: 'support', product: null }],
  ['Support', { audience: 'support', product: null }],
  ['all hands', { audience: 'allHands', product: null }],
  ['all-hands for Web shop', { audience: 'allHands', product: 'Web shop' }],
  ['everything', { audience: null, product: null }],
  ['everything for Web shop', { audience: null, product: 'Web shop' }],
  ['Web shop', { audience: null, product: 'Web shop' }],
  ['Tools for Teams', { audience: null, product: 'Tools for Teams' }],
  ['support for Tools for Teams', { audience: 'support', product: 'Tools for Teams' }],
])('%s', (words, wanted) => expect(readWanted(words)).toEqual(wanted));

it('names every audience in words', () => {
  for (const audience of AUDIENCES) expect(audienceName(audience)).not.toMatch(/[a-z][A-Z]/);
});

it('reads what it writes', () => {
  for (const audience of [...AUDIENCES, null]) {
    for (const product of ['Web shop', null]) {
      const wanted = { audience, product };
      expect(readWanted(wantedWords(wanted))).toEqual(wanted);
    }
  }
});
