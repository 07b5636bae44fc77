import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { localDate } from '../../../src/core/calendar/working-days.ts';
import { type Plan, planSchema } from '../../../src/core/plan/plan.ts';
import type { Shifts } from '../../../src/core/plan/shifts-schema.ts';
import { parsePlan } from '../../../src/core/plan-file/parse-plan.ts';
import { validatePlan } from '../../../src/core/plan-file/validate-plan.ts';
import { deriveSchedule } from '../../../src/core/schedule/derive-schedule.ts';

const read = parsePlan(readFileSync('examples/web-2.4.0.yaml', 'utf8'), { now: 0 });
if (!read.ok) throw new Error('the example plan');
const example = read.plan;
const planned = (
  goLive: Partial<Plan['goLive']>,
  shifts?: Shifts,
  add: Plan['communications']['add'] = [],
): Plan => ({
  ...example,
  goLive: { ...example.goLive, ...goLive },
  communications: { ...example.communications, add },
  ...(shifts ? { shifts } : {}),
});
const byKey = (plan: Plan) => new Map(deriveSchedule(plan).map((item) => [item.key, item]));
const survey = (more: object) => ({
  key: 'survey',
  title: 'Survey',
  audience: 'support' as const,
  template: 'lessons-learned',
  ...more,
});

describe('the shifts of a plan', () => {
  // Go-live is on a Tuesday, so T-3 is a Saturday.
  const onSaturday = [survey({ offset: '-P3D', time: '09:00' })];

  it('move what is due on a weekend, and say from where and why', () => {
    const item = byKey(planned({}, { weekends: 'earlier' }, onSaturday)).get('survey');
    expect(item).toMatchObject({
      label: 'T-4',
      shifted: { words: 'moved from Sat 15 Jun 2030 to Fri 14 Jun 2030, because of the weekend' },
    });
    expect(item?.localTime).toBe(
      'Fri 14 Jun 2030, 09:00 (Europe/Amsterdam), moved from Sat 15 Jun 2030 to Fri 14 Jun 2030, because of the weekend',
    );
  });

  it('are another for an audience and for a channel', () => {
    const general = { weekends: 'earlier' as const };
    const forAudience = { ...general, for: { support: { weekends: 'keep' as const } } };
    const forChannel = {
      ...forAudience,
      for: { ...forAudience.for, '#support': { weekends: 'later' as const } },
    };
    const dateOf = (shifts: Shifts) => {
      const due = byKey(planned({}, shifts, onSaturday)).get('survey')?.dueAt ?? 0;
      return localDate(due, 'Europe/Amsterdam');
    };
    expect([general, forAudience, forChannel].map(dateOf)).toEqual([
      '2030-06-14',
      '2030-06-15',
      '2030-06-17',
    ]);
  });

  it('come from the configuration where the plan says nothing, field by field', () => {
    const { product, version, summary, goLive, roles, release } = example;
    const given = { product, version, summary, goLive, roles, release };
    const defaultShifts: Shifts = { weekends: 'later', holidays: { dates: ['2030-06-10'], shift: 'later' } };
    const checked = validatePlan({ ...given, shifts: { weekends: 'keep' } }, { defaultShifts });
    expect(checked).toMatchObject({
      plan: { shifts: { weekends: 'keep', holidays: { dates: ['2030-06-10'] } } },
    });
    expect(validatePlan(given)).toMatchObject({ ok: true });
    expect(planSchema.parse(given).shifts).toBeUndefined();
  });

  it('leave the day of go-live, polls, live cards and events where they are', () => {
    const rules: Shifts = { weekends: 'later', quietHours: { from: '09:00', to: '08:59', shift: 'later' } };
    const plain = byKey(planned({ date: '2030-06-15' }));
    for (const [key, item] of byKey(planned({ date: '2030-06-15' }, rules))) {
      const isFixed = item.kind !== 'message' || plain.get(key)?.label === 'T-0';
      if (isFixed) expect(item).toEqual(plain.get(key));
    }
  });
});

const anyGoLive = fc.record({
  zone: fc.constantFrom('Europe/Amsterdam', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Tehran', 'UTC'),
  date: fc
    .integer({ min: 0, max: 40_000 })
    .map((days) => Temporal.PlainDate.from('1990-02-01').add({ days }).toString()),
  time: fc.constantFrom('00:30', '02:30', '10:00', '23:45'),
});
const way = fc.constantFrom('earlier' as const, 'later' as const);
const rules = fc.record(
  {
    weekends: fc.constantFrom('earlier' as const, 'later' as const, 'keep' as const),
    quietHours: fc.record({ from: fc.constant('18:00'), to: fc.constant('08:00'), shift: way }),
  },
  { requiredKeys: [] },
);
const anyShifts: fc.Arbitrary<Shifts> = fc
  .tuple(rules, rules, rules)
  .map(([general, support, engineering]) => ({ ...general, for: { support, engineering } }));
const anyAdded = fc.array(
  fc.record({
    offset: fc.integer({ min: -20, max: 10 }).map((days) => `${days < 0 ? '-' : ''}P${Math.abs(days)}D`),
    time: fc.constantFrom('00:15', '02:30', '09:00', '17:00', '22:00'),
    audience: fc.constantFrom('support' as const, 'engineering' as const, 'sales' as const),
  }),
  { maxLength: 8 },
);

describe('any plan from 1990 to 2100, with any shifts', () => {
  const assertAll = (check: (plan: Plan, unshifted: Plan) => void) =>
    fc.assert(
      fc.property(anyGoLive, anyShifts, anyAdded, (goLive, shifts, added) => {
        const add = added.map((one, index) => survey({ ...one, key: `survey-${index}` }));
        check(planned(goLive, shifts, add), planned(goLive, undefined, add));
      }),
      { numRuns: 40 },
    );

  it('keeps its messages in their order', () =>
    assertAll((plan, unshifted) => {
      const schedule = deriveSchedule(plan);
      expect(schedule.map(({ key }) => key)).toEqual(deriveSchedule(unshifted).map(({ key }) => key));
      const instants = schedule.flatMap(({ dueAt }) => dueAt ?? []);
      expect(instants).toEqual([...instants].sort((one, other) => one - other));
    }));

  it('is the same when it is planned twice, and when it was moved there and back', () =>
    assertAll((plan) => {
      const before = deriveSchedule(plan);
      deriveSchedule({ ...plan, goLive: { ...plan.goLive, date: '2031-01-15' } });
      expect(deriveSchedule(structuredClone(plan))).toEqual(before);
    }));

  it('says of every message that is elsewhere than planned why it is', () =>
    assertAll((plan, unshifted) => {
      const plain = new Map(deriveSchedule(unshifted).map((item) => [item.key, item]));
      for (const item of deriveSchedule(plan)) {
        const isMoved = item.dueAt !== plain.get(item.key)?.dueAt;
        expect(item.shifted !== undefined).toBe(isMoved);
        if (isMoved) expect(item.shifted?.words).toMatch(/^moved from .+, (because of|to keep)/);
      }
    }));
});
