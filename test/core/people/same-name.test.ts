import { describe, expect, it } from 'vitest';
import { isSameName } from '../../../src/core/people/same-name.ts';

describe('isSameName', () => {
  it.each([
    ['Quinn Abara', 'quinn abara'],
    ['Quinn Abara', 'Abara, Quinn'],
    ['Quinn Abara', 'Quinn'],
    ['Quinn Abara', 'Q. Abara'],
    ['Quinn M. Abara', 'Quinn Maria Abara'],
    ['Zoë Müller', 'Zoe Mueller'],
    ['Søren Łukasz', 'soren lukasz'],
    ['José García', 'JOSE\u0301 GARCIA'],
    ['山田 太郎', '山田太郎'],
    ['-', ' - '],
    ['🚀', '🚀'],
  ])('%s is %s', (one, other) => {
    expect(isSameName(one, other)).toBe(true);
    expect(isSameName(other, one)).toBe(true);
  });

  it.each([
    ['Quinn Abara', 'Dana Fischer'],
    ['Quinn Abara', 'Quinn Fischer'],
    ['Q. A.', 'Quinn Abara'],
    ['Dana Dana', 'Dana Fischer'],
    ['山田 太郎', '鈴木 太郎'],
    ['-', 'Quinn Abara'],
    ['Quinn Abara', ''],
    ['🚀', '-'],
  ])('%s is not %s', (one, other) => {
    expect(isSameName(one, other)).toBe(false);
    expect(isSameName(other, one)).toBe(false);
  });
});
