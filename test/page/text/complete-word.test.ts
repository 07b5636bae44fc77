import { describe, expect, it } from 'vitest';
import { suggestWords } from '../../../sandbox/page/text/complete-word.ts';
import { workspace } from '../make.ts';

const inserts = (draft: string, caret = draft.length) =>
  suggestWords(draft, caret, workspace).map(({ insert }) => insert);

describe('suggestWords', () => {
  it.each([
    ['@ri', ['@rita ']],
    ['ask @Nov', ['ask @emil ']],
    ['see #rel', ['see #release-deployment ']],
    ['done :rock', ['done 🚀 ']],
    ['done :+1', ['done 👍 ']],
    ['rita@ex', []],
    ['note: x', []],
    ['ratio 1:', []],
    ['@nobody', []],
  ])('completes %s', (draft, expected) => {
    expect(inserts(draft)).toEqual(expected);
  });

  it('offers everybody, and those who are here, after a bare @', () => {
    expect(inserts('@')).toEqual(['@rita ', '@emil ', '@here ', '@channel ']);
  });

  it('completes the word at the caret, and leaves what follows', () => {
    expect(inserts('thanks @em for it', 10)).toEqual(['thanks @emil  for it']);
  });
});
