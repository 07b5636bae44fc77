import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { untilQuiet } from '../../src/lib/until-quiet.ts';

it('waits while every turn of the event loop brings more', async () => {
  const come: number[] = [];
  const arrive = async () => {
    for (const one of [1, 2, 3]) {
      come.push(one);
      await nextTurn();
    }
    await nextTurn();
    await nextTurn();
    come.push(4);
  };
  const arriving = arrive();
  await untilQuiet(() => come.length);
  expect(come).toEqual([1, 2, 3]);
  await arriving;
});
