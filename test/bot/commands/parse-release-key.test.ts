import { describe, expect, it } from 'vitest';
import { isReleaseKey, parseReleaseKey } from '../../../src/bot/commands/parse-release-key.ts';
import { splitWords } from '../../../src/bot/commands/split-words.ts';

describe('parseReleaseKey', () => {
  it.each([
    ['', null],
    ['  ', null],
    ['Web-2.4.0', 'web-2.4.0'],
    ['of web-2.4.0 please', 'web-2.4.0'],
    ['nonsense here', 'nonsense'],
    ['"web-2.4.0".', 'web-2.4.0'],
  ])('reads "%s"', (typed, releaseKey) => {
    expect(parseReleaseKey(typed)).toBe(releaseKey);
  });

  it.each([
    ['web-2.4.0', true],
    ['web-shop-2', true],
    ['web', false],
    ['2.4.0', false],
    ['web-', false],
    ['web_2', false],
  ])('%s has the shape of a key: %s', (word, expected) => {
    expect(isReleaseKey(word)).toBe(expected);
  });
});

describe('splitWords', () => {
  it.each([
    [' one\ttwo \n three ', ['one', 'two', 'three']],
    ['\u200bweb-2.4.0\u200b', ['web-2.4.0']],
    ['“quoted” (bracketed), *bold*!', ['quoted', 'bracketed', 'bold']],
    ['… ,', ['…']],
  ])('reads "%s"', (typed, words) => {
    expect(splitWords(typed)).toEqual(words);
  });

  it('cuts a word that is longer than any key', () => {
    expect(splitWords('x'.repeat(10_000))).toEqual(['x'.repeat(80)]);
  });
});
