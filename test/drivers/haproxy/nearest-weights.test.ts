import fc from 'fast-check';
import { expect, it } from 'vitest';
import { nearestWeights, shareOf } from '../../../src/drivers/haproxy/nearest-weights.ts';

const counts = fc.record({
  stable: fc.integer({ min: 1, max: 20 }),
  candidate: fc.integer({ min: 1, max: 20 }),
});

it('is exact for every whole percent with one server on either side', () => {
  for (let percent = 0; percent <= 100; percent += 1) {
    const one = { stable: 1, candidate: 1 };
    expect(shareOf(nearestWeights(percent, one), one)).toBeCloseTo(percent, 10);
  }
});

it('gives whole weights that HAProxy takes, and nobody all traffic or none unless asked', () => {
  fc.assert(
    fc.property(counts, fc.double({ min: 0, max: 100, noNaN: true }), (sides, percent) => {
      const weights = nearestWeights(percent, sides);
      for (const weight of Object.values(weights)) {
        expect(Number.isInteger(weight) && weight >= 0 && weight <= 256).toBe(true);
      }
      const share = shareOf(weights, sides);
      expect(share === 0).toBe(percent === 0);
      expect(share === 100).toBe(percent === 100);
    }),
  );
});

it('comes nearest of all whole weights', () => {
  fc.assert(
    fc.property(counts, fc.integer({ min: 1, max: 99 }), (sides, percent) => {
      const off = Math.abs((shareOf(nearestWeights(percent, sides), sides) ?? 0) - percent);
      const best = allWeights().reduce(
        (nearest, weights) => Math.min(nearest, Math.abs((shareOf(weights, sides) ?? 0) - percent)),
        100,
      );
      expect(off).toBeCloseTo(best, 9);
    }),
    { numRuns: 20 },
  );
});

function allWeights() {
  const upTo = Array.from({ length: 256 }, (_, index) => index + 1);
  return upTo.flatMap((stable) => upTo.map((candidate) => ({ stable, candidate })));
}
