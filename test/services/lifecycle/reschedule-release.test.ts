import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { form } from '../../../src/bot/interactions/forms/reschedule-release.ts';
import { loadSchedule } from '../../../src/db/queries/schedule.ts';
import { editRelease } from '../../../src/services/lifecycle/edit-release.ts';
import { rescheduleRelease } from '../../../src/services/lifecycle/reschedule-release.ts';
import { goLive, openWorld, type PersonName, type World } from '../../support/test-services.ts';
import {
  accepted,
  actionsOf,
  approvedRelease,
  inWords,
  openDecision,
  planRelease,
  playUntil,
  pollOf,
  releaseAtOnePercent,
  releaseOf,
  wordsOfLast,
} from '../steps.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld();
});
afterEach(() => world.close());

const releaseKey = 'web-2.4.0';
const move = (
  date: string,
  { time = '10:00', person = 'rita' as PersonName, from = Date.parse(goLive) } = {},
) => {
  const input = { releaseKey, date, time, reason: 'The payment provider has a freeze.', from };
  return rescheduleRelease({ ctx: world.as(person), input });
};
const due = async (releaseId: string) =>
  (await loadSchedule(world.services.db, releaseId)).map(({ item, state, dueAt }) => ({
    key: item.key,
    state,
    dueAt,
  }));
const sentTo = async () =>
  (
    await world.query<{ destination: string }>(
      `select destination from deliveries where subject in ('rescheduled', 'correction') order by seq`,
    )
  ).map(({ destination }) => destination);
const week = 7 * 86_400_000;

describe('a go-live that is moved', () => {
  it('takes with it what is to come, and leaves what was sent', async () => {
    const releaseId = await planRelease(world);
    await playUntil(world, '2030-06-05T12:00:00Z');
    const before = await due(releaseId);
    accepted(await move('2030-06-25'));
    const after = await due(releaseId);
    expect((await releaseOf(world, releaseId)).goLiveAt).toBe(Date.parse(goLive) + week);
    expect(before.some(({ state }) => state !== 'planned' && state !== 'withheld')).toBe(true);
    for (const [index, item] of before.entries()) {
      const now = after[index];
      if (item.state !== 'planned' || item.dueAt === null) expect(now).toEqual(item);
      else expect(now).toEqual({ ...item, dueAt: item.dueAt + week });
    }
    const [timers] = await world.query<{ moved: string }>(
      `select count(*) as moved from timers t join communications c on c.id::text = t.subject_id
        where t.state = 'pending' and t.due_at <> c.due_at`,
    );
    expect(timers?.moved).toBe('0');
    expect(await actionsOf(world, releaseId)).toContain('release.rescheduled');
  });

  it('is told once in every place that had the old date, and in the channel with what it does', async () => {
    await planRelease(world);
    await playUntil(world, '2030-06-05T12:00:00Z');
    await world.query(`update deliveries set state = 'sent' where communication_id is not null`);
    const places = await world.query<{ destination: string }>(
      `select distinct destination from deliveries join delivery_facts on delivery_id = id
        where communication_id is not null and states ? 'date'`,
    );
    expect(await move('2030-06-25')).toMatchObject({ value: { goTakenBack: false, pollClosed: false } });
    const told = await sentTo();
    expect(new Set(told).size).toBe(told.length);
    expect(places.length).toBeGreaterThan(0);
    for (const { destination } of places) expect(told).toContain(destination);
    const [channel] = await world.query<{ content: object }>(
      `select content from deliveries where subject = 'rescheduled' order by seq limit 1`,
    );
    expect(JSON.stringify(channel?.content)).toContain('Moved by Rita Moreno.');
  });

  it('has to be decided anew on another day, and is asked for again by the plan', async () => {
    const releaseId = await approvedRelease(world);
    await world.query(
      `update communications set state = 'sent' where item ->> 'kind' = 'poll' and item #>> '{poll,kind}' = 'decision'`,
    );
    const moved = accepted(await move('2030-06-25'));
    expect(moved).toMatchObject({ goTakenBack: true, asksAt: expect.any(Number) });
    expect((await releaseOf(world, releaseId)).state).toBe('in_planning');
    const decision = (await loadSchedule(world.services.db, releaseId)).find(
      ({ item }) => item.kind === 'poll' && item.poll.kind === 'decision',
    );
    expect(decision).toMatchObject({ state: 'planned', dueAt: moved.asksAt });
    await playUntil(world, moved.asksAt ?? 0);
    expect(await pollOf(world, releaseId)).toMatchObject({ state: 'open', kind: 'decision' });
    expect((await wordsOfLast(world, 'rescheduled')).join('\n')).toContain(
      'The go decision was for the old date and no longer applies. The next go/no-go opens ',
    );
  });

  it('keeps its go at another time of the same day', async () => {
    const releaseId = await approvedRelease(world);
    expect(await move('2030-06-18', { time: '14:00' })).toMatchObject({ value: { goTakenBack: false } });
    expect((await releaseOf(world, releaseId)).state).toBe('approved');
  });

  it('closes an open go/no-go of another day, and shortens one that would outlast it', async () => {
    const releaseId = await planRelease(world);
    await openDecision(world);
    expect(await move('2030-06-25')).toMatchObject({ value: { pollClosed: true } });
    expect(await pollOf(world, releaseId)).toMatchObject({ state: 'closed', outcome: null });
    await openDecision(world);
    await world.query(`update polls set kind = 'readiness' where state = 'open'`);
    accepted(await move('2030-06-04', { time: '09:30', from: Date.parse(goLive) + week }));
    const { closesAt } = await pollOf(world, releaseId);
    expect(closesAt).toBe(Date.parse('2030-06-04T07:30:00Z'));
    const timers = await world.query(
      `select due_at from timers where kind = 'poll-close' and state = 'pending'`,
    );
    expect(timers).toEqual([{ due_at: new Date(closesAt) }]);
  });

  it('says what is not sent any more, and sends it after all when it is moved back', async () => {
    const releaseId = await planRelease(world);
    const before = await due(releaseId);
    const { schedule } = accepted(await move('2030-06-06'));
    expect(schedule.past.length).toBeGreaterThan(0);
    accepted(await move('2030-06-18', { from: Date.parse('2030-06-06T08:00:00Z') }));
    expect(await due(releaseId)).toEqual(before);
  });

  it.each([
    ['the present one', '2030-06-18', 'That is the current go-live. Choose another date or time.'],
    ['one that has passed', '2030-06-01', 'That time has passed. Choose a later date or time.'],
    ['none of the calendar', '2030-06-31', 'goLive.date'],
  ])('is refused beside its field when it is %s', async (_, date, told) => {
    await planRelease(world);
    const metadata = { releaseKey, from: Date.parse(goLive) };
    const values = { date, time: '10:00' };
    const outcome = await form.run({ ctx: world.as('rita'), values, metadata });
    expect(outcome).toMatchObject({ kind: 'errors', errors: { date: expect.stringContaining(told) } });
  });

  it('is refused where somebody has moved it meanwhile, and once the rollout has begun', async () => {
    await planRelease(world);
    accepted(await move('2030-06-25'));
    expect(inWords(await move('2030-06-27'))).toMatchObject({
      refusal: { code: 'conflict', message: expect.stringContaining('while your form was open') },
    });
    await world.close();
    world = await openWorld();
    await releaseAtOnePercent(world);
    expect(inWords(await move('2030-06-25'))).toMatchObject({
      refusal: { message: "web-2.4.0 is in progress: its go-live can't be moved any more." },
    });
  });

  it('is not moved by a plan, which says how it is', async () => {
    await planRelease(world);
    const plan = { ...world.plan, goLive: { ...world.plan.goLive, date: '2030-06-25' } };
    const edited = inWords(await editRelease({ ctx: world.as('rita'), input: { plan } }));
    expect(JSON.stringify(edited)).toContain('release reschedule web-2.4.0');
  });
});
