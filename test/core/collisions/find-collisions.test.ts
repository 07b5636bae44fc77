import { describe, expect, it } from 'vitest';
import { lineText } from '../../../src/core/card/line.ts';
import { describeCollision } from '../../../src/core/collisions/describe-collision.ts';
import { findClearSlot } from '../../../src/core/collisions/find-clear-slot.ts';
import { type CollisionFacts, findCollisions } from '../../../src/core/collisions/find-collisions.ts';
import type { PlanInput } from '../../../src/core/plan/plan.ts';
import { examplePlan } from '../plan/example-plan.ts';

const plan = examplePlan();
const facts: CollisionFacts = { others: [], messages: [], messagesAWeek: 5, drivers: ['demo'] };
const at = (date: string) => ({ date, time: '10:00', zone: 'Europe/Amsterdam' });
const person = (name: string) => ({ name, email: `${name.toLowerCase()}@example.com` });
const strangers = Object.fromEntries(Object.keys(plan.roles).map((role) => [role, person(`Other-${role}`)]));
const other = (changes: Partial<PlanInput>) => {
  const roles = strangers as PlanInput['roles'];
  return { key: 'app-1.0', plan: examplePlan({ release: 'app-1.0', product: 'App', roles, ...changes }) };
};
const rollout = { driver: 'elsewhere' };
const words = (given: Partial<CollisionFacts>) =>
  findCollisions(plan, { ...facts, ...given }).map((one) =>
    lineText(describeCollision(one, 'Europe/Amsterdam')),
  );

describe('the same service', () => {
  it('is the same product, or a target that is configured, rolled out at the same time', () => {
    const day = { goLive: at('2030-06-20') };
    expect(words({ others: [other({ ...day, product: 'web SHOP', rollout })] })).toEqual([
      'app-1.0 rolls out the same product, Web shop, from Thu 20 Jun 2030, 10:00 (Europe/Amsterdam).',
    ]);
    expect(words({ others: [other(day)] })).toEqual([
      'app-1.0 rolls out the same system, demo, from Thu 20 Jun 2030, 10:00 (Europe/Amsterdam).',
    ]);
    expect(words({ others: [other(day)], drivers: [] })).toEqual([]);
    expect(words({ others: [other({ ...day, rollout })] })).toEqual([]);
  });

  it('is free before and after: the default rollout takes six days', () => {
    const found = ['2030-06-11', '2030-06-12', '2030-06-24', '2030-06-25'].map(
      (date) => words({ others: [other({ goLive: at(date) })] }).length,
    );
    expect(found).toEqual([0, 1, 1, 0]);
  });
});

it('the same people are those with a role at two go-lives within a day', () => {
  const roles = {
    ...strangers,
    devops_lead: { name: 'D. Fischer', email: 'DANA@example.com' },
  } as PlanInput['roles'];
  const on = (date: string) => words({ others: [other({ goLive: at(date), roles, rollout })] });
  expect(on('2030-06-18')).toEqual([
    'Dana Fischer also has a role in app-1.0, which goes live Tue 18 Jun 2030, 10:00 (Europe/Amsterdam).',
  ]);
  expect(on('2030-06-19')).toEqual([]);
});

describe('the same audience', () => {
  // The default schedule has one message to #support on T-3, Saturday 15 June 2030, or near it.
  const message = (address: string, day: string, releaseKey = 'app-1.0') => ({
    releaseKey,
    address,
    at: Date.parse(`${day}T08:00:00Z`),
  });
  const many = (count: number, day: string) => Array.from({ length: count }, () => message('#support', day));

  it('is told too often by more messages in a week than are set, from several releases', () => {
    const week = ['2030-06-03', '2030-06-10', '2030-06-17'].flatMap((day) => many(6, day));
    const found = findCollisions(plan, { ...facts, messages: week });
    expect(found.length).toBeGreaterThan(0);
    for (const one of found) {
      expect(one).toMatchObject({ kind: 'audience', address: '#support', releaseKeys: ['app-1.0'] });
    }
    expect(findCollisions(plan, { ...facts, messages: week, messagesAWeek: 100 })).toEqual([]);
    expect(findCollisions(plan, { ...facts, messages: many(50, '2030-01-08') })).toEqual([]);
  });

  it('is not counted in its own messages alone', () => {
    const own = many(50, '2030-06-11').map((one) => ({ ...one, releaseKey: plan.release }));
    expect(findCollisions(plan, { ...facts, messages: own, messagesAWeek: 1 })).toEqual([]);
  });
});

describe('the nearest slot without any', () => {
  const always = { now: 0, isFree: () => true };

  it('is the planned one where nothing collides', () => {
    expect(findClearSlot(plan, facts, always)?.date).toBe('2030-06-18');
  });

  it('is a working day before or after, in no freeze, and still to come', () => {
    const others = [other({ goLive: at('2030-06-18') })];
    const find = (more: Partial<typeof always> = {}) =>
      findClearSlot(plan, { ...facts, others }, { ...always, ...more })?.date;
    expect(find()).toBe('2030-06-25');
    expect(
      find({ isFree: (_: unknown, instant: number) => instant < Date.parse('2030-06-18') } as never),
    ).toBe('2030-06-11');
    expect(find({ now: Date.parse('2030-06-26T12:00Z') })).toBe('2030-06-27');
  });

  it('collides with nothing', () => {
    const others = ['2030-06-18', '2030-06-26', '2030-06-10'].map((date) => other({ goLive: at(date) }));
    const slot = findClearSlot(plan, { ...facts, others }, always);
    const moved = { ...plan, goLive: { ...plan.goLive, date: slot?.date ?? '' } };
    expect(findCollisions(moved, { ...facts, others })).toEqual([]);
  });

  it('is none where there is none', () => {
    expect(findClearSlot(plan, facts, { now: 0, isFree: () => false })).toBeNull();
  });
});
