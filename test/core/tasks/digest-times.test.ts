import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nextDigestAt } from '../../../src/core/tasks/digest-times.ts';

const next = (after: string, zone: string) =>
  new Date(nextDigestAt(Date.parse(after), { time: '09:00', zone })).toISOString();

describe('the next digest', () => {
  it.each([
    ['later on the same day', '2030-06-03T05:00:00Z', 'Europe/Amsterdam', '2030-06-03T07:00:00.000Z'],
    [
      'on the next day at the instant itself',
      '2030-06-03T07:00:00Z',
      'Europe/Amsterdam',
      '2030-06-04T07:00:00.000Z',
    ],
    ['on Monday after a Friday', '2030-06-07T08:00:00Z', 'Europe/Amsterdam', '2030-06-10T07:00:00.000Z'],
    ['by the calendar of its zone', '2030-06-03T22:00:00Z', 'Pacific/Auckland', '2030-06-04T21:00:00.000Z'],
  ])('is %s', (_, after, zone, expected) => {
    expect(next(after, zone)).toBe(expected);
  });

  it('is at that local time on a working day, whatever the zone and the season', () => {
    const zones = ['UTC', 'Europe/Amsterdam', 'America/New_York', 'Asia/Kolkata', 'Australia/Lord_Howe'];
    const from = Date.parse('1990-01-01T00:00:00Z');
    const to = Date.parse('2100-01-01T00:00:00Z');
    fc.assert(
      fc.property(fc.integer({ min: from, max: to }), fc.constantFrom(...zones), (after, zone) => {
        const at = nextDigestAt(after, { time: '09:00', zone });
        const options = {
          timeZone: zone,
          weekday: 'short',
          hour: '2-digit',
          minute: '2-digit',
          hourCycle: 'h23',
        } as const;
        const local = new Intl.DateTimeFormat('en-GB', options).format(at);
        expect(local).toMatch(/^(Mon|Tue|Wed|Thu|Fri),? 09:00$/);
        expect(at).toBeGreaterThan(after);
        expect(at - after).toBeLessThanOrEqual(73 * 3_600_000);
      }),
    );
  });
});
