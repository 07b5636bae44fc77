import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { describeInstant } from '../../../src/core/calendar/describe-instant.ts';
import { resolveLocalTime } from '../../../src/core/calendar/local-time.ts';
import { type ShiftRules, shiftTime } from '../../../src/core/calendar/shift-time.ts';

const zone = 'Europe/Amsterdam';
const night = { from: '18:00', to: '08:00' };
const shifted = (date: string, time: string, rules: ShiftRules) => {
  const { instant, reasons } = shiftTime(resolveLocalTime(date, 0, time, zone).instant, zone, rules);
  return { at: describeInstant(instant, zone).replace(` (${zone})`, ''), reasons };
};

describe('a time that is shifted', () => {
  it.each<[string, string, string, ShiftRules, string, string[]]>([
    ['a weekday', '2030-06-14', '10:00', { weekends: 'earlier' }, 'Fri 14 Jun 2030, 10:00', []],
    [
      'a Saturday, earlier',
      '2030-06-15',
      '10:00',
      { weekends: 'earlier' },
      'Fri 14 Jun 2030, 10:00',
      ['the weekend'],
    ],
    [
      'a Saturday, later',
      '2030-06-15',
      '10:00',
      { weekends: 'later' },
      'Mon 17 Jun 2030, 10:00',
      ['the weekend'],
    ],
    ['a Saturday that is kept', '2030-06-15', '10:00', { weekends: 'keep' }, 'Sat 15 Jun 2030, 10:00', []],
    [
      'a holiday beside a weekend',
      '2030-06-14',
      '10:00',
      { weekends: 'earlier', holidays: { dates: ['2030-06-14'], shift: 'later' } },
      'Mon 17 Jun 2030, 10:00',
      ['a holiday'],
    ],
    [
      'late, earlier',
      '2030-06-13',
      '21:00',
      { quietHours: { ...night, shift: 'earlier' } },
      'Thu 13 Jun 2030, 18:00',
      ['quiet hours'],
    ],
    [
      'after midnight, earlier',
      '2030-06-13',
      '02:00',
      { quietHours: { ...night, shift: 'earlier' } },
      'Wed 12 Jun 2030, 18:00',
      ['quiet hours'],
    ],
    [
      'late, later',
      '2030-06-13',
      '21:00',
      { quietHours: { ...night, shift: 'later' } },
      'Fri 14 Jun 2030, 08:00',
      ['quiet hours'],
    ],
    [
      'at the end of quiet hours',
      '2030-06-13',
      '08:00',
      { quietHours: { ...night, shift: 'later' } },
      'Thu 13 Jun 2030, 08:00',
      [],
    ],
    [
      'at midday',
      '2030-06-13',
      '12:30',
      { quietHours: { from: '12:00', to: '13:00', shift: 'later' } },
      'Thu 13 Jun 2030, 13:00',
      ['quiet hours'],
    ],
    [
      'on Friday night before a weekend',
      '2030-06-14',
      '21:00',
      { weekends: 'later', quietHours: { ...night, shift: 'later' } },
      'Mon 17 Jun 2030, 08:00',
      ['quiet hours', 'the weekend'],
    ],
  ])('%s', (_, date, time, rules, at, reasons) => {
    expect(shifted(date, time, rules)).toEqual({ at, reasons });
  });
});

const zones = [
  'Europe/Amsterdam',
  'America/New_York',
  'Australia/Lord_Howe',
  'Asia/Kathmandu',
  'Africa/Cairo',
  'America/Sao_Paulo',
  'UTC',
];
const anyTime = fc.record({
  zone: fc.constantFrom(...zones),
  day: fc.integer({ min: 0, max: 40_500 }),
  hour: fc.nat(23),
  minute: fc.nat(59),
});
const way = fc.constantFrom('earlier' as const, 'later' as const);
const clock = fc.tuple(fc.nat(23), fc.nat(59)).map(([hour, minute]) => `${pad(hour)}:${pad(minute)}`);
const anyRules = fc.record({
  weekends: fc.option(way, { nil: undefined }),
  quietHours: fc.option(
    fc.record({ from: clock, to: clock, shift: way }).filter(({ from, to }) => from !== to),
    { nil: undefined },
  ),
});

describe('any time from 1990 to 2100, in any zone', () => {
  it('keeps its local time of day off weekends, across every clock change', () => {
    fc.assert(
      fc.property(anyTime, way, ({ zone: of, day, hour, minute }, weekends) => {
        const date = Temporal.PlainDate.from('1990-01-01').add({ days: day }).toString();
        const time = `${pad(hour)}:${pad(minute)}`;
        const from = resolveLocalTime(date, 0, time, of);
        const to = shiftTime(from.instant, of, { weekends });
        if (from.note !== 'exact' || to.note !== 'exact') return;
        const at = Temporal.Instant.fromEpochMilliseconds(to.instant).toZonedDateTimeISO(of);
        expect(`${pad(at.hour)}:${pad(at.minute)}`).toBe(time);
        expect(at.dayOfWeek).toBeLessThan(6);
      }),
      { numRuns: 500 },
    );
  });

  it('is shifted no further a second time', () => {
    fc.assert(
      fc.property(anyTime, anyRules, ({ zone: of, day, hour, minute }, rules) => {
        const date = Temporal.PlainDate.from('1990-01-01').add({ days: day }).toString();
        const once = shiftTime(
          resolveLocalTime(date, 0, `${pad(hour)}:${pad(minute)}`, of).instant,
          of,
          rules,
        );
        // A time that the clocks skip may land in what it was shifted out of.
        if (once.note === 'skipped') return;
        expect(shiftTime(once.instant, of, rules).instant).toBe(once.instant);
      }),
      { numRuns: 500 },
    );
  });
});

function pad(part: number): string {
  return String(part).padStart(2, '0');
}
