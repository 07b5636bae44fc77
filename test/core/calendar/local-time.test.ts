import { describe, expect, it } from 'vitest';
import {
  calendarDaysBetween,
  describeDate,
  describeInstant,
  describeTime,
} from '../../../src/core/calendar/describe-instant.ts';
import { isCalendarDate, isZone, resolveLocalTime } from '../../../src/core/calendar/local-time.ts';

const iso = (instant: number) => new Date(instant).toISOString();

describe('resolveLocalTime', () => {
  it.each([
    ['Europe/Amsterdam', '2030-03-31', '02:30', '2030-03-31T01:00:00.000Z', 'skipped'],
    ['Europe/Amsterdam', '2030-10-27', '02:30', '2030-10-27T00:30:00.000Z', 'repeated'],
    ['America/New_York', '2030-11-03', '01:30', '2030-11-03T05:30:00.000Z', 'repeated'],
    ['Australia/Lord_Howe', '2030-10-06', '02:15', '2030-10-05T15:30:00.000Z', 'skipped'],
    // Samoa left this day out altogether.
    ['Pacific/Apia', '2011-12-30', '12:00', '2011-12-30T10:00:00.000Z', 'skipped'],
    ['UTC', '2030-03-31', '02:30', '2030-03-31T02:30:00.000Z', 'exact'],
  ])('in %s, %s %s is %s (%s)', (zone, date, time, instant, note) => {
    const resolved = resolveLocalTime(date, 0, time, zone);
    expect([iso(resolved.instant), resolved.note]).toEqual([instant, note]);
  });

  it('counts calendar days over months and leap years', () => {
    expect(iso(resolveLocalTime('2028-03-07', -7, '10:00', 'UTC').instant)).toBe('2028-02-29T10:00:00.000Z');
  });
});

describe('zones and dates', () => {
  it('takes named zones, whatever their case, and nothing else', () => {
    const names = ['Europe/Amsterdam', 'UTC', 'europe/amsterdam', '+01:00', 'Mars/Olympus', '', '../etc'];
    expect(names.map(isZone)).toEqual([true, true, true, false, false, false, false]);
  });

  it('takes dates of the calendar', () => {
    const dates = ['2028-02-29', '2030-02-29', '2030-13-01', '2030-1-1', 'x'];
    expect(dates.map(isCalendarDate)).toEqual([true, false, false, false, false]);
  });
});

describe('describing instants', () => {
  it('speaks the time of the release', () => {
    const instant = Date.UTC(2030, 5, 18, 8);
    expect(describeInstant(instant, 'Europe/Amsterdam')).toBe('Tue 18 Jun 2030, 10:00 (Europe/Amsterdam)');
    expect(describeInstant(instant, 'Pacific/Auckland')).toBe('Tue 18 Jun 2030, 20:00 (Pacific/Auckland)');
    expect(describeDate(instant, 'UTC')).toBe('Tue 18 Jun 2030');
    expect([describeTime(instant, 'UTC'), describeTime(instant + 5000, 'UTC')]).toEqual([
      '08:00',
      '08:00:05',
    ]);
  });

  it('counts days by the calendar of the zone, not by 24 hours', () => {
    const evening = Date.UTC(2030, 5, 17, 21, 59);
    expect(calendarDaysBetween(evening, evening + 60_000, 'Europe/Amsterdam')).toBe(1);
    expect(calendarDaysBetween(evening, evening + 60_000, 'UTC')).toBe(0);
  });
});
