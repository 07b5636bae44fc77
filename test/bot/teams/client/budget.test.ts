import { expect, it } from 'vitest';
import { createBudget } from '../../../../src/bot/teams/client/budget.ts';

/** When each of so many calls could be made, in ms from the first, for a caller who waits as told. */
function callTimes(calls: number, conversationOf: (call: number) => string): number[] {
  const budget = createBudget();
  const times: number[] = [];
  for (let now = 0, call = 0; call < calls; ) {
    const waitMs = budget.take({ tenantId: 't', conversationId: conversationOf(call) }, now);
    if (waitMs > 0) now += waitMs;
    else {
      times.push(now);
      call += 1;
    }
  }
  return times;
}

const most = (times: readonly number[], withinMs: number) =>
  Math.max(...times.map((at) => times.filter((other) => other >= at && other < at + withinMs).length));

it('keeps one conversation within every limit that Teams names', () => {
  const times = callTimes(2_000, () => 'c');
  expect(most(times, 1_000)).toBe(7);
  expect(most(times, 2_000)).toBe(8);
  expect(most(times, 30_000)).toBe(60);
  expect(most(times, 3_600_000)).toBe(1_800);
});

it('keeps a tenant within its limit, whatever the conversations', () => {
  const times = callTimes(200, String);
  expect(most(times, 1_000)).toBe(30);
});
