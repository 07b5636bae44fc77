import { describe, expect, it } from 'vitest';
import { closest, suggest } from '../../src/lib/closest.ts';

const KNOWN = ['goLive', 'goNoGo', 'rollout', 'roles', 'release'];

describe('closest', () => {
  it.each([
    ['golive', 'goLive'],
    ['go_live', 'goLive'],
    ['go-no-go', 'goNoGo'],
    ['rolout', 'rollout'],
    ['relaese', 'release'],
    ['role', 'roles'],
  ])('takes %s for %s', (word, meant) => {
    expect(closest(word, KNOWN)).toBe(meant);
  });

  it.each(['', 'x', 'deadline', 'r'.repeat(500)])('takes "%s" for nothing known', (word) => {
    expect(closest(word, KNOWN)).toBeUndefined();
  });

  it('suggests nothing to a word that is right', () => {
    expect(suggest('roles', KNOWN)).toBeUndefined();
    expect(suggest('rolse', KNOWN)).toBe('Did you mean roles?');
  });
});
