import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { overdueCard } from '../../../src/bot/cards/overdue/overdue-card.ts';
import { lineText } from '../../../src/core/card/line.ts';
import { loadQuestion, loadSchedule } from '../../../src/db/queries/schedule.ts';
import { pauseRelease } from '../../../src/services/lifecycle/pause-release.ts';
import { rescheduleRelease } from '../../../src/services/lifecycle/reschedule-release.ts';
import { resumeRelease } from '../../../src/services/lifecycle/resume-release.ts';
import { settleOverdue } from '../../../src/services/overdue/settle-overdue.ts';
import { goLive, openWorld, type PersonName, type World } from '../../support/test-services.ts';
import {
  accepted,
  actionsOf,
  inWords,
  planRelease,
  playUntil,
  releaseOf,
  wakeAt,
  wordsOfLast,
} from '../steps.ts';

let world: World;
let releaseId: string;
beforeEach(async () => {
  world = await openWorld();
  releaseId = await planRelease(world);
});
afterEach(() => world.close());

const hour = 3_600_000;
/** When the first message of the example plan is due. */
const firstDue = async () => {
  const [first] = (await loadSchedule(world.services.db, releaseId)).filter(({ dueAt }) => dueAt !== null);
  if (!first || first.dueAt === null) throw new Error('there is none');
  return { ...first, dueAt: first.dueAt };
};
const stateOf = async (key: string) =>
  (await loadSchedule(world.services.db, releaseId)).find(({ item }) => item.key === key);
const overdue = async () =>
  (await loadSchedule(world.services.db, releaseId)).filter(({ state }) => state === 'overdue');
const questions = () =>
  world.query<{ id: string; destination: string }>(
    `select subject_id as id, destination from cards where kind = 'overdue' order by id`,
  );
const settle = (
  questionId: string,
  { communicationId = null as string | null, send = true, person = 'rita' as PersonName } = {},
) => settleOverdue({ ctx: world.as(person), input: { questionId, communicationId, send } });
async function theQuestion(): Promise<string> {
  const [only, ...others] = await questions();
  if (!only || others.length > 0) throw new Error('there is not exactly one question');
  return only.id;
}

describe('a message at whose instant tminus was away', () => {
  it('is sent a little later, saying for when it was planned', async () => {
    const { dueAt, item } = await firstDue();
    await wakeAt(world, dueAt + 2 * hour);
    expect(await stateOf(item.key)).toMatchObject({ state: 'being-sent' });
    expect((await wordsOfLast(world, item.key)).at(-1)).toBe(
      'Planned for Tue 4 Jun 2030, 10:00 (Europe/Amsterdam).',
    );
    expect(await questions()).toEqual([]);
  });

  it('says nothing of a delay of a minute', async () => {
    const { dueAt, item } = await firstDue();
    await wakeAt(world, dueAt + 60_000);
    expect((await wordsOfLast(world, item.key)).join('\n')).not.toContain('Planned for');
  });

  it('is asked about when it is later than is allowed: one question to the release manager for all', async () => {
    await wakeAt(world, '2030-06-06T12:00:00Z');
    expect((await overdue()).length).toBeGreaterThan(1);
    expect(await questions()).toMatchObject([{ destination: 'slack:person:U0RITA' }]);
    const [first] = await overdue();
    expect(await world.query(`select 1 from deliveries where subject = $1`, [first?.item.key])).toEqual([]);
  });

  it('is sent or skipped, singly and all at once', async () => {
    await wakeAt(world, '2030-06-06T12:00:00Z');
    const [first, second, ...others] = await overdue();
    const question = await theQuestion();
    expect(accepted(await settle(question, { communicationId: first?.id ?? '' }))).toMatchObject({ sent: 1 });
    expect((await wordsOfLast(world, first?.item.key ?? '')).at(-1)).toContain('Planned for ');
    accepted(await settle(question, { communicationId: second?.id ?? '', send: false }));
    expect(await stateOf(second?.item.key ?? '')).toMatchObject({
      state: 'withheld',
      note: 'Its time had passed; skipped by Rita Moreno',
    });
    if (others.length > 0) accepted(await settle(question));
    expect(await overdue()).toEqual([]);
    expect(inWords(await settle(question))).toMatchObject({ refusal: { code: 'wrong-state' } });
    expect(await actionsOf(world, releaseId)).toEqual(
      expect.arrayContaining(['communication.overdue', 'communication.settled']),
    );
  });

  it('is for the release manager to settle', async () => {
    await wakeAt(world, '2030-06-06T12:00:00Z');
    expect(await settle(await theQuestion(), { person: 'nina' })).toMatchObject({
      refusal: { code: 'not-permitted' },
    });
    expect((await overdue()).length).toBeGreaterThan(0);
  });

  it('never goes out once it has expired: a poll that would be closed, or what was valid until earlier', async () => {
    const { plan } = await releaseOf(world, releaseId);
    const add = {
      title: 'Please answer',
      offset: '-P12D',
      time: '09:00',
      audience: 'qa' as const,
      template: 'lessons-learned',
      validIn: ['planned' as const],
      validUntil: { offset: '-P12D', time: '12:00' },
    };
    const communications = { ...plan.communications, add: [{ ...add, key: 'please-answer' }] };
    await planRelease(world, { release: 'web-2.4.9', communications });
    await wakeAt(world, '2030-06-13T12:00:00Z');
    const rows = await world.query<{ key: string; state: string; note: string }>(
      `select key, state, note from communications where key in ('please-answer', 'poll-readiness')`,
    );
    expect(rows.map(({ state }) => state)).toEqual(rows.map(() => 'withheld'));
    expect(rows.find(({ key }) => key === 'please-answer')?.note).toContain('it was valid only until');
  });

  it('is not late for having been held by a pause', async () => {
    const { dueAt, item } = await firstDue();
    accepted(
      await pauseRelease({ ctx: world.as('rita'), input: { releaseKey: null, reason: 'So.', until: null } }),
    );
    world.clock.moveTo(dueAt + 20 * hour);
    accepted(await resumeRelease({ ctx: world.as('rita'), input: { releaseKey: null } }));
    await wakeAt(world, dueAt + 20 * hour);
    expect(await stateOf(item.key)).toMatchObject({ state: 'being-sent' });
  });
});

describe('a message that a new go-live puts into the past', () => {
  const move = (date: string, from: string) => {
    const input = { releaseKey: 'web-2.4.0', date, time: '10:00', reason: 'So.', from: Date.parse(from) };
    return rescheduleRelease({ ctx: world.as('rita'), input });
  };

  it('is asked about, and planned again when it is moved back, skipped or not', async () => {
    const before = await loadSchedule(world.services.db, releaseId);
    const { schedule } = accepted(await move('2030-06-06', goLive));
    expect(schedule.past.length).toBeGreaterThan(1);
    const [first] = await overdue();
    accepted(await settle(await theQuestion(), { communicationId: first?.id ?? '', send: false }));
    accepted(await move('2030-06-18', '2030-06-06T08:00:00Z'));
    expect(await loadSchedule(world.services.db, releaseId)).toEqual(before);
  });

  it('can be sent all the same', async () => {
    accepted(await move('2030-06-06', goLive));
    const [first] = await overdue();
    const question = await theQuestion();
    const sent = accepted(await settle(question, { communicationId: first?.id ?? '' }));
    expect(sent).toMatchObject({ sent: 1, withheld: [] });
    await playUntil(world, '2030-06-04T08:00:00Z');
    expect((await overdue()).length).toBeGreaterThan(0);
    const card = overdueCard(await releaseOf(world, releaseId), {
      questionId: question,
      asked: await loadQuestion(world.services.db, question),
    });
    expect(lineText(card.summary)).toMatch(/^⏰ Web shop 2\.4\.0: \d+ messages? overdue$/);
    expect(JSON.stringify(card.blocks)).toContain(`✅ ${first?.item.title}: sent`);
  });
});
