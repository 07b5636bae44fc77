import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createTrafficSplit } from '../../../sandbox/demo/traffic-split.ts';

describe('createTrafficSplit', () => {
  const turnsOf = (pick: (weight: number) => string, weight: number, requests: number): number =>
    Array.from({ length: requests }, () => pick(weight)).filter((target) => target === 'candidate').length;

  it('is within one request of the weight in any run of requests, whatever came before', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 0, max: 100 }), fc.integer({ min: 1, max: 50 }))),
        fc.integer({ min: 0, max: 100 }),
        fc.integer({ min: 1, max: 500 }),
        (before, weight, requests) => {
          const pick = createTrafficSplit();
          for (const [earlierPercent, count] of before) turnsOf(pick, earlierPercent, count);
          expect(Math.abs(turnsOf(pick, weight, requests) - (weight * requests) / 100)).toBeLessThan(1);
        },
      ),
    );
  });

  it('spreads the turns evenly', () => {
    const pick = createTrafficSplit();
    const turns = Array.from({ length: 400 }, () => pick(1)).flatMap((target, index) =>
      target === 'candidate' ? [index] : [],
    );
    expect(turns).toEqual([99, 199, 299, 399]);
  });

  it('sends nothing to the candidate at 0, even with a turn nearly due', () => {
    const pick = createTrafficSplit();
    turnsOf(pick, 1, 99);
    expect(turnsOf(pick, 0, 1000)).toBe(0);
  });
});
