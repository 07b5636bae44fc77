import { expect, it } from 'vitest';
import { ROLLBACK_TASKS } from '../../../src/core/follow-up/after-rollback.ts';

it('has the three lists of five on their clocks, each task once', () => {
  const within = (span: string) => ROLLBACK_TASKS.filter((task) => task.within === span).length;
  expect([within('PT30M'), within('PT4H'), within('PT24H')]).toEqual([5, 5, 5]);
  expect(new Set(ROLLBACK_TASKS.map(({ key }) => key)).size).toBe(15);
});
