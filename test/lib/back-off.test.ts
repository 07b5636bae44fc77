import { expect, it } from 'vitest';
import { backOffMs } from '../../src/lib/back-off.ts';

it('doubles from one second to a minute', () => {
  const waits = [0, 1, 2, 3, 4, 5, 6, 7, 8, 100].map((attempts) => backOffMs(attempts, () => 0));
  expect(waits).toEqual([1, 1, 2, 4, 8, 16, 32, 60, 60, 60].map((seconds) => seconds * 1_000));
});

it('adds up to a quarter, so that not all come back at once', () => {
  expect(backOffMs(1, () => 0.999)).toBeGreaterThan(1_240);
  expect(backOffMs(1, () => 0.999)).toBeLessThanOrEqual(1_250);
});
