import { describe, expect, it } from 'vitest';
import { storable } from '../../../src/services/kernel/storable.ts';

describe('storable', () => {
  it.each([
    ['a\0b', 'ab'],
    ['half \ud83d', 'half \ufffd'],
    ['\udc00\ud83d', '\ufffd\ufffd'],
    ['whole 🎉', 'whole 🎉'],
    ['\u202e stays\n', '\u202e stays\n'],
  ])('makes %j fit for the database', (text, stored) => {
    expect(storable(text)).toBe(stored);
  });

  it('reaches every text, however deep, and nothing else', () => {
    const at = new Date(0);
    const input = { list: ['\0', { deep: 'x\0' }], number: 1, nothing: null, missing: undefined, at };
    expect(storable(input)).toEqual({
      list: ['', { deep: 'x' }],
      number: 1,
      nothing: null,
      missing: undefined,
      at,
    });
    expect(storable(input).at).toBe(at);
  });
});
