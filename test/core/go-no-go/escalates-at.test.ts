import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { escalatesAt } from '../../../src/core/go-no-go/escalates-at.ts';

const hour = 3_600_000;
const openedAt = Date.parse('2030-06-17T12:00:00Z');
const closesAt = openedAt + 18 * hour;

describe('escalatesAt', () => {
  it.each([
    ['half of the time, unless the plan says otherwise', undefined, 9 * hour],
    ['the time of the plan, counted from the opening', 'PT4H', 4 * hour],
    ['a time just before the close', 'PT17H59M', 18 * hour - 60_000],
  ])('is %s', (_, after, waitMs) => {
    expect(escalatesAt({ openedAt, closesAt, after })).toBe(openedAt + waitMs);
  });

  it.each(['PT18H', 'P1D'])('is never when the poll closes before %s', (after) => {
    expect(escalatesAt({ openedAt, closesAt, after })).toBe(null);
  });

  it('is always while the poll is open', () => {
    const openMs = fc.integer({ min: 1, max: 30 * 24 * hour });
    fc.assert(
      fc.property(openMs, fc.constantFrom(undefined, 'PT1M', 'PT4H', 'P7D'), (ms, after) => {
        const at = escalatesAt({ openedAt, closesAt: openedAt + ms, after });
        expect(at === null || (at >= openedAt && at < openedAt + ms)).toBe(true);
      }),
    );
  });
});
