import { describe, expect, it } from 'vitest';
import { readClock } from '../../../sandbox/page/store/clock.ts';
import { clock } from '../make.ts';

describe('readClock', () => {
  it('goes on at its rate from when it was told', () => {
    expect(readClock({ told: clock, receivedAt: 500 }, 1_500)).toBe(1_000 + 60 * 1_000);
  });

  it('stands while paused, and is nothing before it was told', () => {
    expect(readClock({ told: { ...clock, paused: true }, receivedAt: 500 }, 99_000)).toBe(1_000);
    expect(readClock(null, 99_000)).toBe(0);
  });
});
