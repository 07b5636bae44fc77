import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runCommand } from '../../../src/bot/interactions/run-command.ts';
import { runForm } from '../../../src/bot/interactions/run-form.ts';
import type { Form, FormOutcome } from '../../../src/core/card/form.ts';
import { forecastMove } from '../../../src/services/lifecycle/forecast-move.ts';
import { rescheduleRelease } from '../../../src/services/lifecycle/reschedule-release.ts';
import { goLive, openWorld, type World } from '../../support/test-services.ts';
import { accepted, approvedRelease, planRelease, playUntil, releaseOf } from '../steps.ts';
import { changedTables, hashTables } from '../table-hashes.ts';

let world: World;
let releaseId: string;
beforeEach(async () => {
  world = await openWorld();
});
afterEach(() => world.close());

const releaseKey = 'web-2.4.0';
const from = Date.parse(goLive);
const forecast = async (date: string, time = '10:00') =>
  accepted(await forecastMove({ ctx: world.as('rita'), input: { releaseKey, date, time, from } })).foreseen;
const choose = (date: string) =>
  runForm({
    ctx: world.as('rita'),
    name: 'reschedule-release',
    values: { date, time: '10:00' },
    metadata: { releaseKey, from: String(from) },
  });
const submit = ({ name, metadata }: Form, values = { reason: 'The provider has a freeze.' }, back = false) =>
  runForm({ ctx: world.as('rita'), name, values, metadata, back });
const type = (words: string) =>
  runCommand({ ctx: world.as('rita'), name: 'release', words: `reschedule ${words}` });
const goLiveNow = async () => (await releaseOf(world, releaseId)).goLiveAt;

function formOf(outcome: FormOutcome): Form {
  if (outcome.kind !== 'next') throw new Error(`there is no next form: ${JSON.stringify(outcome)}`);
  return outcome.form;
}

/** A release of which some has been sent and read. */
async function planAndSend(): Promise<void> {
  releaseId = await planRelease(world);
  await playUntil(world, '2030-06-05T12:00:00Z');
  await world.query(`update deliveries set state = 'sent' where communication_id is not null`);
}

describe('what a move would do', () => {
  it.each(['2030-06-25', '2030-06-07', '2030-06-06'])('is what it does, to %s', async (date) => {
    await planAndSend();
    const before = await hashTables(world);
    const foreseen = await forecast(date);
    expect(changedTables(before, await hashTables(world))).toEqual([]);
    const moved = accepted(
      await rescheduleRelease({
        ctx: world.as('rita'),
        input: { releaseKey, date, time: '10:00', from, reason: 'Just so.', seen: foreseen.seen },
      }),
    );
    const sorted = (titles: readonly string[]) => [...titles].sort();
    expect(sorted(foreseen.moved.map(({ title }) => title))).toEqual(sorted(moved.schedule.moved));
    expect(sorted(foreseen.past)).toEqual(sorted(moved.schedule.past));
    expect(sorted(foreseen.expired)).toEqual(sorted(moved.schedule.expired));
    expect(sorted(foreseen.sent)).toEqual(sorted(moved.schedule.sent));
    expect(foreseen.decision).toEqual({
      goTakenBack: moved.goTakenBack,
      pollClosed: moved.pollClosed,
      asksAt: moved.asksAt,
    });
    expect(foreseen.corrected).toHaveLength(moved.audiences);
    expect(foreseen.corrected.length).toBeGreaterThan(0);
    const due = await world.query<{ title: string; due: Date }>(
      `select item ->> 'title' as title, due_at as due from communications where state = 'planned'`,
    );
    for (const { title, to } of foreseen.moved) {
      expect(due.filter((item) => item.title === title).map((item) => item.due.getTime())).toContain(to);
    }
  });

  it('says that a go is taken back on another day, and not at another time of the same day', async () => {
    await approvedRelease(world);
    expect(await forecast('2030-06-25')).toMatchObject({ decision: { goTakenBack: true } });
    expect(await forecast('2030-06-18', '14:00')).toMatchObject({ decision: { goTakenBack: false } });
  });
});

describe('the confirmation of a move', () => {
  it('shows what moves, who is corrected and the date in the zone of the release, and then moves', async () => {
    await planAndSend();
    const form = formOf(await choose('2030-06-25'));
    const shown = JSON.stringify(form.body);
    expect(shown).toContain('Tue 25 Jun 2030, 10:00 (Europe/Amsterdam)');
    expect(shown).toMatch(/\d+ messages move with it:/);
    expect(shown).toMatch(/was already sent|were already sent/);
    expect(shown).toMatch(/A correction goes to \d+ more place/);
    expect(await goLiveNow()).toBe(from);
    expect(await submit(form)).toMatchObject({ kind: 'answer', title: 'Moved' });
    expect(await goLiveNow()).toBe(Date.parse('2030-06-25T08:00:00Z'));
  });

  it('says when something has changed meanwhile, moves nothing, and shows it anew', async () => {
    await planAndSend();
    const form = formOf(await choose('2030-06-25'));
    await world.query(
      `update communications set state = 'withheld' where id =
        (select id from communications where state = 'planned' and due_at is not null order by due_at limit 1)`,
    );
    const again = formOf(await submit(form));
    expect(again.name).toBe('confirm-reschedule');
    expect(JSON.stringify(again.body)).toContain('web-2.4.0 has changed since you were shown');
    expect(JSON.stringify(again.body)).toContain('The provider has a freeze.');
    expect(await goLiveNow()).toBe(from);
    expect(await submit(again)).toMatchObject({ title: 'Moved' });
  });

  it('says that somebody else has moved it meanwhile, and shows what the same move does from there', async () => {
    await planAndSend();
    const form = formOf(await choose('2030-06-25'));
    const input = { releaseKey, date: '2030-06-27', time: '10:00', from, reason: 'Just so.' };
    accepted(await rescheduleRelease({ ctx: world.as('rita'), input }));
    const again = formOf(await submit(form));
    expect(JSON.stringify(again.body)).toContain('while your form was open, so nothing was changed');
    expect(JSON.stringify(again.body)).toContain('It is Thu 27 Jun 2030, 10:00 (Europe/Amsterdam) now.');
  });

  it('goes back to the date that was chosen, and needs a reason', async () => {
    await planAndSend();
    const form = formOf(await choose('2030-06-25'));
    expect(await submit(form, { reason: ' ' })).toMatchObject({
      kind: 'errors',
      errors: { reason: 'A new date needs a reason: everyone who was told the old one sees it.' },
    });
    const first = formOf(await submit(form, { reason: '' }, true));
    expect(first).toMatchObject({ name: 'reschedule-release' });
    expect(JSON.stringify(first.body)).toContain('"initial":"2030-06-25"');
    expect(await goLiveNow()).toBe(from);
  });

  it('goes back to the date with the reason when that can no longer be chosen', async () => {
    await planAndSend();
    const form = formOf(await choose('2030-06-06'));
    world.clock.moveTo('2030-06-07T08:00:00Z');
    const first = formOf(await submit(form));
    expect(first.name).toBe('reschedule-release');
    expect(JSON.stringify(first.body)).toContain('That time has passed. Choose a later date or time.');
  });
});

describe('a move on one line', () => {
  it('is shown first, with the reason that was typed', async () => {
    await planAndSend();
    const answer = await type(`${releaseKey} to 25 June "The provider has a freeze"`);
    expect(answer).toMatchObject({ kind: 'form', form: { name: 'confirm-reschedule' } });
    expect(JSON.stringify(answer)).toContain('"initial":"The provider has a freeze"');
    expect(await goLiveNow()).toBe(from);
  });

  it('is done at once with --yes, but not without a reason', async () => {
    await planAndSend();
    expect(JSON.stringify(await type(`${releaseKey} to 25 June --yes`))).toContain('needs a reason');
    expect(await goLiveNow()).toBe(from);
    const answer = await type(`${releaseKey} to 25 June at 14:00 "The provider has a freeze" --yes`);
    expect(JSON.stringify(answer)).toContain('web-2.4.0 now goes live ');
    expect(await goLiveNow()).toBe(Date.parse('2030-06-25T12:00:00Z'));
  });

  it.each([
    [`${releaseKey} to 31 June`, 'There is no date'],
    [`${releaseKey} to 18 June at 10:00`, 'That is the current go-live.'],
  ])('is refused with what is wrong: %s', async (words, told) => {
    await planAndSend();
    expect(JSON.stringify(await type(words))).toContain(told);
    expect(await goLiveNow()).toBe(from);
  });
});
