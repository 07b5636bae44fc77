import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { resolveLocalTime } from '../../../src/core/calendar/local-time.ts';
import { freezesAt, nextFreeGoLive, nextFreeInstant } from '../../../src/core/freeze/find-slot.ts';
import { concerns, type Freeze, type WeeklyWindow } from '../../../src/core/freeze/freeze.ts';
import { nextSpan, spanAt } from '../../../src/core/freeze/freeze-window.ts';
import { examplePlan } from '../plan/example-plan.ts';

const weekend: Freeze = {
  id: null,
  name: 'Weekend',
  zone: 'Europe/Berlin',
  times: { kind: 'weekly', from: { day: 5, time: '16:00' }, until: { day: 1, time: '06:00' } },
  products: null,
  production: null,
  except: ['hotfix'],
};
const plan = examplePlan();
const at = (date: string, time: string, zone = 'Europe/Berlin') =>
  resolveLocalTime(date, 0, time, zone).instant;
const holds = (freeze: Freeze, instant: number) => spanAt(freeze, instant) !== null;

describe('a weekend from Friday 16:00 to Monday 06:00', () => {
  it.each([
    ['2030-06-21', '15:59', false],
    ['2030-06-21', '16:00', true],
    ['2030-06-23', '12:00', true],
    ['2030-06-24', '05:59', true],
    ['2030-06-24', '06:00', false],
    ['2030-06-19', '12:00', false],
  ])('at %s %s holds: %s', (date, time, expected) => {
    expect(holds(weekend, at(date, time))).toBe(expected);
  });

  it('is as long as the clocks make it', () => {
    const hours = (date: string) => {
      const span = spanAt(weekend, at(date, '12:00'));
      return span ? (span.until - span.from) / 3_600_000 : null;
    };
    expect([hours('2030-03-30'), hours('2030-06-22'), hours('2030-10-26')]).toEqual([61, 62, 63]);
  });

  it('lets a hotfix through, and holds everything else', () => {
    expect(concerns(weekend, { ...plan, type: 'hotfix' })).toBe(false);
    expect(concerns(weekend, plan)).toBe(true);
  });

  it('is for the products and production channels that it names', () => {
    expect(concerns({ ...weekend, products: ['web SHOP'] }, plan)).toBe(true);
    expect(concerns({ ...weekend, products: ['App'] }, plan)).toBe(false);
    expect(concerns({ ...weekend, production: ['mobile', 'api'] }, plan)).toBe(false);
    expect(concerns({ ...weekend, production: ['web'] }, plan)).toBe(true);
  });
});

describe('the next free slot', () => {
  const holidays: Freeze = {
    ...weekend,
    name: 'Holidays',
    times: { kind: 'days', days: ['2030-06-24', '2030-06-25'] },
  };

  it('is after all freezes that follow each other', () => {
    const from = at('2030-06-22', '10:00');
    expect(nextFreeInstant([weekend], plan, from)).toBe(at('2030-06-24', '06:00'));
    expect(nextFreeInstant([weekend, holidays], plan, from)).toBe(at('2030-06-26', '00:00'));
  });

  it('keeps the time of day of a go-live', () => {
    const goLive = { date: '2030-06-22', time: '10:00', zone: 'America/New_York' };
    expect(nextFreeGoLive([weekend, holidays], { ...plan, goLive })).toEqual({
      date: '2030-06-26',
      instant: at('2030-06-26', '10:00', 'America/New_York'),
    });
  });

  it('is none where it never ends', () => {
    const times = { kind: 'once', from: 0, until: Number.MAX_SAFE_INTEGER } as const;
    expect(nextFreeInstant([{ ...weekend, times }], plan, at('2030-06-22', '10:00'))).toBeNull();
    expect(nextFreeGoLive([{ ...weekend, times }], plan)).toBeNull();
  });
});

const zones = [
  'Europe/Berlin',
  'America/New_York',
  'Australia/Lord_Howe',
  'Asia/Kathmandu',
  'Pacific/Apia',
  'UTC',
];
const zone = fc.constantFrom(...zones);
const time = fc
  .tuple(fc.integer({ min: 0, max: 23 }), fc.constantFrom(0, 15, 30, 59))
  .map((parts) => parts.map((part) => String(part).padStart(2, '0')).join(':'));
const weekTime = fc.record({ day: fc.integer({ min: 1, max: 7 }), time });
const instant = fc.integer({ min: Date.parse('1990-01-02'), max: Date.parse('2100-12-30') });
const dayMs = 86_400_000;
const days = fc
  .array(instant, { maxLength: 5 })
  .map((each) => each.map((one) => new Date(one).toISOString().slice(0, 10)));
const spans = fc.tuple(instant, fc.integer({ min: 1, max: 40 * dayMs }));
const times: fc.Arbitrary<Freeze['times']> = fc.oneof(
  fc.record({ from: weekTime, until: weekTime }).map((window) => ({ kind: 'weekly' as const, ...window })),
  days.map((each) => ({ kind: 'days' as const, days: each })),
  spans.map(([from, length]) => ({ kind: 'once' as const, from, until: from + length })),
);
const freezes = fc.array(
  fc.record({ times, zone }).map((each): Freeze => ({ ...weekend, ...each })),
  { minLength: 1, maxLength: 4 },
);

describe('over zones and dates from 1990 to 2100', () => {
  it('the next free instant is in no freeze, and everything before it is in one', () => {
    fc.assert(
      fc.property(freezes, instant, fc.double({ min: 0, max: 1, noNaN: true }), (all, from, share) => {
        const free = nextFreeInstant(all, plan, from);
        if (free === null) return;
        expect(freezesAt(all, plan, free)).toEqual([]);
        if (free === from) return;
        const before = Math.min(free - 1, Math.floor(from + share * (free - from)));
        expect(freezesAt(all, plan, before)).not.toEqual([]);
      }),
    );
  });

  it('the next free go-live is in no freeze, on the planned day or later, at the same local time', () => {
    fc.assert(
      fc.property(freezes, instant, time, zone, (all, day, clock, own) => {
        const goLive = { date: new Date(day).toISOString().slice(0, 10), time: clock, zone: own };
        const slot = nextFreeGoLive(all, { ...plan, goLive });
        if (!slot) return;
        expect(freezesAt(all, plan, slot.instant)).toEqual([]);
        expect(slot.date >= goLive.date).toBe(true);
        expect(slot.instant).toBe(resolveLocalTime(slot.date, 0, clock, own).instant);
      }),
    );
  });

  it('a weekly window begins and ends at its local times, and comes again a week later', () => {
    const window: fc.Arbitrary<WeeklyWindow> = fc.record({ from: weekTime, until: weekTime });
    fc.assert(
      fc.property(window, zone, instant, (weekly, own, from) => {
        const freeze = { times: { kind: 'weekly', ...weekly } as const, zone: own };
        const span = nextSpan(freeze, from);
        if (!span) throw new Error('a weekly window always comes again');
        expect(span.until).toBeGreaterThan(from);
        if (span.until === span.from) return;
        expect(spanAt(freeze, span.from)).toEqual(span);
        expect(spanAt(freeze, span.until - 1)).toEqual(span);
        const length = span.until - span.from;
        expect(length).toBeLessThanOrEqual(7 * dayMs + 25 * 3_600_000);
        const following = nextSpan(freeze, span.until);
        const gap = (following?.from ?? 0) - span.from;
        // The clocks, and in Apia a whole day, make a week shorter or longer.
        expect(Math.abs(gap - 7 * dayMs)).toBeLessThanOrEqual(25 * 3_600_000);
      }),
    );
  });
});
