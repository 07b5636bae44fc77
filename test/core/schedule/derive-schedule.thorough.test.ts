import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { resolveLocalTime } from '../../../src/core/calendar/local-time.ts';
import { deriveSchedule, instantOf } from '../../../src/core/schedule/derive-schedule.ts';
import { examplePlan } from '../plan/example-plan.ts';

const zones = [...Intl.supportedValuesOf('timeZone'), 'UTC'];
const zone = fc.constantFrom(...zones);
const twoDigits = (value: number) => String(value).padStart(2, '0');
const date = fc
  .record({ year: fc.integer({ min: 1990, max: 2100 }), day: fc.integer({ min: 0, max: 365 }) })
  .map(({ year, day }) => Temporal.PlainDate.from({ year, month: 1, day: 1 }).add({ days: day }).toString());
const time = fc
  .nat(1439)
  .map((minutes) => `${twoDigits(Math.floor(minutes / 60))}:${twoDigits(minutes % 60)}`);
const plan = fc.record({ date, time, zone }).map((goLive) => examplePlan({ goLive }));

/** A local time near a change of the clocks, where mistakes are. */
const nearChange = fc
  .record({ zone, year: fc.integer({ min: 1990, max: 2099 }), minutes: fc.integer({ min: -240, max: 240 }) })
  .map(({ zone: name, year, minutes }) => {
    const begin = Temporal.PlainDateTime.from({ year, month: 1, day: 1 }).toZonedDateTime(name);
    const change = begin.getTimeZoneTransition('next') ?? begin;
    const local = change.toPlainDateTime().add({ minutes });
    return {
      zone: name,
      date: local.toPlainDate().toString(),
      time: local.toPlainTime().toString().slice(0, 5),
    };
  });

function localOf(instant: number, name: string) {
  const at = Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(name);
  return { date: at.toPlainDate().toString(), time: at.toPlainTime().toString().slice(0, 5) };
}

describe('the schedule over all zones, 1990 to 2100', () => {
  it('keeps the local date and time of day, unless the clocks skip them', () => {
    fc.assert(
      fc.property(plan, (some) => {
        for (const item of deriveSchedule(some)) {
          if (item.dueAt === null || !('offset' in item.when) || item.clockChange === 'skipped') continue;
          const days = Temporal.Duration.from(item.when.offset).days;
          const day = Temporal.PlainDate.from(some.goLive.date).add({ days }).toString();
          expect(localOf(item.dueAt, some.goLive.zone)).toEqual({ date: day, time: item.when.time });
        }
      }),
      { numRuns: 60 },
    );
  });

  it('is in order, and the same when it is derived again', () => {
    fc.assert(
      fc.property(plan, (some) => {
        const schedule = deriveSchedule(some);
        const instants = schedule.map(instantOf);
        expect(instants).toEqual([...instants].sort((left, right) => left - right));
        expect(deriveSchedule(some)).toEqual(schedule);
        const moved = { ...some, goLive: { date: '2040-05-05', time: '09:00', zone: 'UTC' } };
        expect(deriveSchedule({ ...moved, goLive: some.goLive })).toEqual(schedule);
      }),
      { numRuns: 60 },
    );
  });

  it('keeps local time at every clock change, or takes the first instant after what is skipped', () => {
    fc.assert(
      fc.property(nearChange, ({ zone: name, date: day, time: at }) => {
        const { instant, note } = resolveLocalTime(day, 0, at, name);
        const shown = localOf(instant, name);
        if (note === 'skipped') {
          const before = localOf(instant - 1, name);
          expect(`${before.date} ${before.time}` < `${day} ${at}`).toBe(true);
          expect(`${shown.date} ${shown.time}` > `${day} ${at}`).toBe(true);
        } else {
          expect(shown).toEqual({ date: day, time: at });
        }
        if (note !== 'repeated') return;
        const later = Temporal.PlainDateTime.from(`${day}T${at}`).toZonedDateTime(name, {
          disambiguation: 'later',
        });
        expect(later.epochMilliseconds).toBeGreaterThan(instant);
      }),
      { numRuns: 400 },
    );
  });

  it('never turns a later local time into an earlier instant', () => {
    fc.assert(
      fc.property(
        nearChange,
        fc.integer({ min: 0, max: 600 }),
        ({ zone: name, date: day, time: at }, minutes) => {
          const next = Temporal.PlainDateTime.from(`${day}T${at}`).add({ minutes });
          const first = resolveLocalTime(day, 0, at, name).instant;
          const second = resolveLocalTime(
            next.toPlainDate().toString(),
            0,
            next.toPlainTime().toString().slice(0, 5),
            name,
          );
          expect(second.instant).toBeGreaterThanOrEqual(first);
        },
      ),
      { numRuns: 400 },
    );
  });
});
