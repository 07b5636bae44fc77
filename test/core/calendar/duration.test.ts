import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { describeSpan, durationMs } from '../../../src/core/calendar/duration.ts';

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

describe('durationMs', () => {
  it.each([
    ['PT0S', 0],
    ['PT45S', 45 * second],
    ['PT1H30M', 90 * minute],
    ['PT24H', day],
    ['P2D', 2 * day],
    ['P1DT1H', 25 * hour],
    ['-PT2H', -2 * hour],
  ])('%s is %i ms', (iso, ms) => {
    expect(durationMs(iso)).toBe(ms);
  });

  it('refuses what has no fixed length or is no duration', () => {
    for (const text of ['P1M', 'P1Y', 'an hour', '']) expect(() => durationMs(text)).toThrow(RangeError);
  });
});

describe('describeSpan', () => {
  it.each([
    [-5, 'no time'],
    [0, 'no time'],
    [1, '1 second'],
    [59_001, '1 minute'],
    [61 * second, '1 minute 1 second'],
    [hour, '1 hour'],
    [2 * hour + 5 * minute + 9 * second, '2 hours 5 minutes'],
    [day + 3 * hour, '1 day 3 hours'],
    [2 * day + 30 * minute, '2 days'],
    [hour + 56 * second, '1 hour'],
    [15 * day, '15 days'],
  ])('%i ms: %s', (ms, words) => {
    expect(describeSpan(ms)).toBe(words);
  });

  it('has at most two units, one after the other, the larger first', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 * day }), (ms) => {
        const units: string[] = describeSpan(ms).match(/day|hour|minute|second/g) ?? [];
        const order = ['day', 'hour', 'minute', 'second'];
        expect(units.length).toBeLessThanOrEqual(2);
        const first = order.indexOf(units[0] ?? 'second');
        expect(units).toEqual(order.slice(first, first + units.length));
      }),
    );
  });
});
