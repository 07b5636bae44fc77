import { expect, it } from 'vitest';
import { createStalledFinder } from '../../src/jobs/find-stalled.ts';
import type { WaitingWork } from '../../src/jobs/sweep.ts';

const work = (id: string, mark: string): WaitingWork => ({ job: 'delivery', id, mark });

it('finds what waits without moving, once in every while', () => {
  const find = createStalledFinder(10);
  const stuck = work('C1', 'a 0');
  expect(find([stuck], 100)).toEqual([]);
  expect(find([stuck], 109)).toEqual([]);
  expect(find([stuck], 110)).toEqual([stuck]);
  expect(find([stuck], 111)).toEqual([]);
  expect(find([stuck], 120)).toEqual([stuck]);
});

it('begins anew with what moved, or was not waiting in between', () => {
  const find = createStalledFinder(10);
  find([work('C1', 'a 0'), work('C2', 'b 0')], 100);
  find([work('C1', 'a 1')], 105);
  expect(find([work('C1', 'a 1'), work('C2', 'b 0')], 110)).toEqual([]);
  expect(find([work('C1', 'a 1'), work('C2', 'b 0')], 115)).toEqual([work('C1', 'a 1')]);
});
