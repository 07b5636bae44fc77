import { expect, it } from 'vitest';
import { watchReturn } from '../../../src/metrics/prometheus-text/watch-return.ts';

/** What one counter, or several, stand at, one scrape after the other. */
const hasReturned = (...scrapes: number[][]): boolean => {
  const watch = watchReturn(250);
  let before: number[] = scrapes[0] ?? [];
  for (const [at, values] of scrapes.entries()) {
    watch.note(
      at,
      values.map((value, index) => ({ key: String(index), before: before[index] ?? 0, value })),
    );
    before = values;
  }
  return watch.hasReturnedSince(0);
};

it.each<[string, number[][], boolean]>([
  ['fell and is back', [[1_000], [900], [1_000]], true],
  ['fell and is past where it was', [[1_000], [900], [900], [1_200]], true],
  ['counted a little before it is back', [[1_000], [900], [930], [1_010]], true],
  ['never fell', [[900], [900], [1_000]], false],
  ['restarted', [[1_000], [5], [15], [25]], false],
  ['restarted and caught up', [[1_000], [0], [300], [600], [900], [1_200]], false],
  ['restarted when it had counted little', [[0], [2], [4], [1], [5]], false],
  ['restarted at the height of a jump', [[250], [1], [251]], false],
  ['fell from a little higher', [[251], [1], [251]], true],
  ['fell, fell again when it had counted little, and is back', [[1_000], [200], [0], [1_000]], true],
  [
    'restarted with a rare code',
    [
      [1_000, 1],
      [5, 0],
      [15, 1],
    ],
    false,
  ],
  [
    'is an instance among others that restarted',
    [
      [1_000, 20],
      [1_010, 0],
      [1_020, 4],
    ],
    false,
  ],
  [
    'fell, and another counts more',
    [
      [1_000, 5],
      [900, 9],
      [1_000, 9],
    ],
    true,
  ],
])('tells of what %s', (_, scrapes, returned) => {
  expect(hasReturned(...scrapes)).toBe(returned);
});

it('forgets it in time', () => {
  const watch = watchReturn(250);
  watch.note(1, [{ key: 'a', before: 1_000, value: 900 }]);
  watch.note(2, [{ key: 'a', before: 900, value: 1_000 }]);
  expect(watch.hasReturnedSince(2)).toBe(true);
  expect(watch.hasReturnedSince(3)).toBe(false);
});
