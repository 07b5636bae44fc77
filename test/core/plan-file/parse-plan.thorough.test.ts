import { describe, expect, it } from 'vitest';
import { parsePlan } from '../../../src/core/plan-file/parse-plan.ts';
import { SMALLEST_PLAN } from '../plan/example-plan.ts';

describe('a text made by a program', () => {
  const many = (line: (index: number) => string) =>
    Array.from({ length: 20_000 }, (_, index) => line(index)).join('');

  it.each([
    ['fields that no plan has', many((index) => `k${index}: 1\n`)],
    ['a field given again', many(() => 'k: 1\n')],
    ['brackets', many(() => '}\n')],
    [
      'aliases',
      many((index) => `k${index}: &a${index % 9} 1\n`).slice(0, 130_000) +
        many((index) => `l: *a${index % 9}\n`).slice(0, 120_000),
    ],
    ['dropped communications', `communications:\n  drop:\n${many((index) => `    - k${index}\n`)}`],
    ['roles', `goNoGo:\n  roles:\n${many(() => '    - q\n')}`],
  ])('is refused in steps by its length, not by its square: 20,000 %s', (_, text) => {
    expect(parsePlan(SMALLEST_PLAN + text).ok).toBe(false);
  });
});
