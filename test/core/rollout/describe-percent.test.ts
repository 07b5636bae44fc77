import { expect, it } from 'vitest';
import { describePercent } from '../../../src/core/rollout/describe-percent.ts';

it.each([
  [10, '10'],
  [99.5, '99.5'],
  [1.171875, '1.17'],
  [0.001, '0.01'],
  [99.999, '99.99'],
  [0, '0'],
  [100, '100'],
])('%s percent is written %s', (percent, written) => {
  expect(describePercent(percent)).toBe(written);
});
