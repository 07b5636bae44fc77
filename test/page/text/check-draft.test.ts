import { describe, expect, it } from 'vitest';
import { isBlank, tooLong } from '../../../sandbox/page/text/check-draft.ts';

describe('isBlank', () => {
  it.each([
    ['', true],
    [' \n\t\u00a0', true],
    ['\u200b\u2060\u200e\u202e\ufeff', true],
    ['\u3164\u2800', true],
    ['.', false],
    ['👍🏽', false],
    ['\u202eمرحبا', false],
  ])('%j: %s', (text, blank) => {
    expect(isBlank(text)).toBe(blank);
  });
});

describe('tooLong', () => {
  it.each<[string, string, string | undefined]>([
    ['a message at the limit', 'x'.repeat(40_000), undefined],
    ['a message above it', 'x'.repeat(40_001), 'A message can have 40,000 characters. This has 40,001.'],
    ['a command at the limit', `/promote ${'x'.repeat(20_000)}`, undefined],
    [
      'a command above it',
      `/promote ${'x'.repeat(20_001)}`,
      'What follows /promote can have 20,000 characters. This has 20,001.',
    ],
  ])('%s', (_name, draft, expected) => {
    expect(tooLong(draft)).toBe(expected);
  });
});
