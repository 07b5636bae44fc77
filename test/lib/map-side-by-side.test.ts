import { expect, it } from 'vitest';
import { mapSideBySide } from '../../src/lib/map-side-by-side.ts';

it('works on so many items at a time, and gives the values in the order of the items', async () => {
  const releases: (() => void)[] = [];
  const begun: number[] = [];
  const mapped = mapSideBySide([0, 1, 2, 3, 4], 2, async (item) => {
    begun.push(item);
    await new Promise<void>((resolve) => {
      releases[item] = resolve;
    });
    return item * 10;
  });
  expect(begun).toEqual([0, 1]);
  for (const [released, next] of [
    [1, 2],
    [2, 3],
    [0, 4],
  ] as const) {
    releases[released]?.();
    await expect.poll(() => begun.at(-1)).toBe(next);
  }
  releases[3]?.();
  releases[4]?.();
  expect(await mapped).toEqual([0, 10, 20, 30, 40]);
});

it('throws the first failure, and begins nothing after it', async () => {
  const begun: number[] = [];
  const mapped = mapSideBySide([1, 2, 3], 1, async (item) => {
    begun.push(item);
    if (item === 2) throw new Error('two');
  });
  await expect(mapped).rejects.toThrow('two');
  expect(begun).toEqual([1, 2]);
});

it('has nothing to do without items', async () => {
  expect(await mapSideBySide([], 4, async () => 1)).toEqual([]);
});
