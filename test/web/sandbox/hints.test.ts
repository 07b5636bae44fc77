import { describe, expect, it } from 'vitest';
import { hintOfAct, hints, nextHint } from '../../../web/sandbox/hints.ts';

describe('hints', () => {
  it('go on with the first step not done', () => {
    expect(nextHint([])?.id).toBe('act-as');
    expect(nextHint(['act-as', 'vote'])?.id).toBe('jump');
    expect(nextHint(hints.map(({ id }) => id))).toBeUndefined();
  });

  it.each([
    ['/promote', 'promote'],
    ['/rollback', 'rollback'],
    ['promote', 'promote'],
    ['roll-back', 'rollback'],
    ['vote-go', 'vote'],
    ['go-no-go:vote', 'vote'],
    ['devotee', undefined],
    ['/release', undefined],
  ])('know what %s belongs to', (name, hint) => {
    expect(hintOfAct(name)).toBe(hint);
  });
});
