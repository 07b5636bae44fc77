import fc from 'fast-check';
import { expect, it } from 'vitest';
import { meetingFor, weeklyMeetings } from '../../../src/core/cab/meetings.ts';

const iso = (instant: number) => new Date(instant).toISOString();
const thursday = { day: 4, time: '14:00' };

it.each([
  // A Wednesday; the very instant; a minute later; a Sunday.
  ['2030-06-12T10:00:00Z', '2030-06-06T12:00:00.000Z', '2030-06-13T12:00:00.000Z'],
  ['2030-06-13T12:00:00Z', '2030-06-13T12:00:00.000Z', '2030-06-20T12:00:00.000Z'],
  ['2030-06-13T12:01:00Z', '2030-06-13T12:00:00.000Z', '2030-06-20T12:00:00.000Z'],
  ['2030-06-16T21:59:00Z', '2030-06-13T12:00:00.000Z', '2030-06-20T12:00:00.000Z'],
])('around %s it met at %s and meets at %s', (now, last, next) => {
  const meetings = weeklyMeetings(thursday, 'Europe/Amsterdam', Date.parse(now));
  expect({ last: iso(meetings.last), next: iso(meetings.next) }).toEqual({ last, next });
});

it('stays at its local time when the clocks change', () => {
  const meetings = weeklyMeetings(thursday, 'Europe/Amsterdam', Date.parse('2030-10-25T10:00:00Z'));
  expect([iso(meetings.last), iso(meetings.next)]).toEqual([
    '2030-10-24T12:00:00.000Z',
    '2030-10-31T13:00:00.000Z',
  ]);
});

it('has every instant between two meetings a week apart', () => {
  const day = fc.integer({ min: 1, max: 7 });
  const now = fc.integer({ min: Date.parse('2030-01-01'), max: Date.parse('2032-01-01') });
  fc.assert(
    fc.property(day, now, fc.constantFrom('UTC', 'America/New_York', 'Pacific/Auckland'), (on, at, zone) => {
      const { last, next } = weeklyMeetings({ day: on, time: '02:30' }, zone, at);
      expect(last).toBeLessThanOrEqual(at);
      expect(next).toBeGreaterThan(at);
      // An hour more or less where the clocks change.
      expect(Math.abs(next - last - 7 * 86_400_000)).toBeLessThanOrEqual(3_600_000);
    }),
  );
});

it('leaves to an emergency meeting what can’t wait', () => {
  expect(meetingFor(99, 100)).toBe('emergency');
  expect(meetingFor(100, 100)).toBe('weekly');
  expect(meetingFor(100, null)).toBe('emergency');
});
