import { expect, it } from 'vitest';
import { createLimit } from '../../src/lib/create-limit.ts';

it('runs so many at once, in order, and goes on after a failure', async () => {
  const limit = createLimit(2);
  const begun: number[] = [];
  const ends: (() => void)[] = [];
  const work = (index: number) =>
    limit(async () => {
      begun.push(index);
      await new Promise<void>((resolve) => ends.push(resolve));
      if (index === 0) throw new Error('no');
      return index;
    });
  const all = Promise.allSettled([0, 1, 2, 3].map(work));
  const turn = () => new Promise((resolve) => setImmediate(resolve));
  await turn();
  expect(begun).toEqual([0, 1]);
  ends[0]?.();
  await turn();
  expect(begun).toEqual([0, 1, 2]);
  ends[1]?.();
  ends[2]?.();
  await turn();
  expect(begun).toEqual([0, 1, 2, 3]);
  ends[3]?.();
  expect((await all).map(({ status }) => status)).toEqual([
    'rejected',
    'fulfilled',
    'fulfilled',
    'fulfilled',
  ]);
});
