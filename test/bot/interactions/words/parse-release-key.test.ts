import { describe, expect, it } from 'vitest';
import { isReleaseKey, parseReleaseKey } from '../../../../src/bot/interactions/words/parse-release-key.ts';

describe('parseReleaseKey', () => {
  it.each([
    ['', null],
    ['  ', null],
    ['Web-2.4.0', 'web-2.4.0'],
    ['of web-2.4.0 please', 'web-2.4.0'],
    ['nonsense here', 'nonsense'],
    ['"web-2.4.0".', 'web-2.4.0'],
    ['x'.repeat(500), 'x'.repeat(80)],
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
