import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shortenAtWord, shortenText } from '../../src/lib/shorten-text.ts';

const anyText = fc.string({
  unit: fc.constantFrom('a', 'é', ' ', '\n', '👩‍👩‍👧‍👦', '\ud83d'),
  maxLength: 80,
});

describe('shortenAtWord', () => {
  it.each([
    ['what fits, with\nits lines', 'what fits, with\nits lines'],
    ['one two three four five six', 'one two three four five…'],
    ['one two three four fiveteen', 'one two three four…'],
    ['one  two  three\n\n\nfour\t\tfive', 'one two three four five'],
    [`one ${'x'.repeat(40)}`, `one ${'x'.repeat(20)}…`],
    ['👩‍👩‍👧‍👦'.repeat(3), '👩‍👩‍👧‍👦👩‍👩‍👧‍👦…'],
  ])('%j is %j within 25', (text, short) => {
    expect(shortenAtWord(text, 25)).toBe(short);
  });

  it('never takes more than it may, and shows where it cut', () => {
    fc.assert(
      fc.property(anyText, fc.integer({ min: 3, max: 60 }), (text, max) => {
        const short = shortenAtWord(text, max);
        expect(short.length).toBeLessThanOrEqual(max);
        expect(short === text || short.endsWith('…') || short === text.replace(/\s+/g, ' ').trim()).toBe(
          true,
        );
      }),
    );
  });
});

it.each([
  ['fits', 'fits'],
  ['one two three', 'one two t…'],
  [`one two 👩‍👩‍👧‍👦`, 'one two …'],
  [`one two 3${'🙂'}`, 'one two 3…'],
])('%j is %j within 10, and no character is cut in two', (text, short) => {
  expect(shortenText(text, 10)).toBe(short);
});
