import { describe, expect, it } from 'vitest';
import { splitWords } from '../../../../src/bot/interactions/words/split-words.ts';

describe('splitWords', () => {
  it.each([
    [' one\ttwo \n three ', ['one', 'two', 'three']],
    ['\u200bweb-2.4.0\u200b', ['web-2.4.0']],
    ['“quoted” (bracketed), *bold*!', ['quoted', 'bracketed', 'bold']],
    ['… ,', ['…']],
    ['', []],
    [' \t\n\0 ', []],
    ['`web-2.4.0`, "full".', ['web-2.4.0', 'full']],
    ['web\u200b-2.4.0\u202e', ['web-2.4.0']],
    ['half \ud83d', ['half']],
    ['(*)', []],
  ])('reads "%s"', (typed, words) => {
    expect(splitWords(typed)).toEqual(words);
  });

  it('cuts a word that is longer than any key', () => {
    expect(splitWords('x'.repeat(10_000))).toEqual(['x'.repeat(80)]);
  });

  it.each([
    ['!', '!'.repeat(80)],
    ['(', 'x'],
    [',(', ',('.repeat(40)],
    ['x!', 'x!'.repeat(40)],
  ])('takes one step a character, also of a million "%s"', (piece, word) => {
    expect(splitWords(`${piece.repeat(1_000_000 / piece.length)}x`)).toEqual([word]);
  });
});
