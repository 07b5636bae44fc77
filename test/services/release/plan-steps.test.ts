import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runCommand } from '../../../src/bot/interactions/run-command.ts';
import { runForm } from '../../../src/bot/interactions/run-form.ts';
import type { Form, FormOutcome, FormValues, Input } from '../../../src/core/card/form.ts';
import { inlines, lineText } from '../../../src/core/card/line.ts';
import { draftKeptMs } from '../../../src/db/queries/release-drafts.ts';
import { withTransaction } from '../../../src/db/with-transaction.ts';
import { pruneDrafts } from '../../../src/jobs/maintenance/prune-drafts.ts';
import { mergePersons } from '../../../src/services/people/merge-persons.ts';
import {
  goLive,
  idOf,
  openWorld,
  type PersonName,
  personIdOf,
  type World,
} from '../../support/test-services.ts';
import { auditOf, planRelease } from '../steps.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld();
});
afterEach(() => world.close());

const filledIn: FormValues = {
  product: 'Ledger',
  version: '3.0',
  type: 'major',
  summary: 'Books that close themselves.',
  date: '2030-06-18',
  time: '10:00',
  zone: 'Europe/Amsterdam',
  'roles.release_manager': idOf('rita'),
  'roles.engineering_lead': idOf('emil'),
  'roles.qa_lead': idOf('quinn'),
  'roles.devops_lead': idOf('dana'),
  'roles.product_owner': idOf('priya'),
  'roles.security_lead': idOf('sam'),
};

async function begin(person: PersonName = 'rita', words = 'new'): Promise<Form> {
  const answer = await runCommand({ ctx: world.as(person), name: 'release', words });
  if (answer.kind !== 'form') throw new Error(`no form, but ${JSON.stringify(answer)}`);
  return answer.form;
}

interface Submitting {
  person?: PersonName;
  key?: string;
  back?: boolean;
}

/** Submits a form as a platform would: fields that `typed` leaves out hold what they held at first. */
function submit(form: Form, typed: FormValues, more: Submitting = {}): Promise<FormOutcome> {
  const { person = 'rita', key = randomUUID(), back = false } = more;
  const values = Object.fromEntries(
    inputsOf(form).map(({ name, initial }) => [
      name,
      name in typed ? (typed[name] ?? null) : (initial ?? null),
    ]),
  );
  return runForm({ ctx: world.as(person, key), name: form.name, values, metadata: form.metadata, back });
}

function inputsOf({ body }: Form): Input[] {
  return body.filter((element): element is Input => element.type === 'input');
}

const initialOf = (form: Form) =>
  Object.fromEntries(inputsOf(form).flatMap(({ name, initial }) => (initial ? [[name, initial]] : [])));

/** The form that takes the place of the one submitted. */
async function next(outcome: Promise<FormOutcome>): Promise<Form> {
  const shown = await outcome;
  if (shown.kind !== 'next') throw new Error(`no form, but ${JSON.stringify(shown)}`);
  return shown.form;
}

function stepOf({ metadata }: Form): string | undefined {
  return metadata?.step;
}

function wordsOf({ body }: Form): string {
  return body.flatMap((element) => ('content' in element ? [lineText(element.content)] : [])).join('\n');
}

/** The last step, with everything filled in. */
async function lastStep(typed = filledIn, person: PersonName = 'rita'): Promise<Form> {
  let form = await begin(person);
  while (stepOf(form) !== 'channels') form = await next(submit(form, typed, { person }));
  return form;
}

const draftRows = () => world.query<{ planned_as: string | null }>('select planned_as from release_drafts');
const planned = () => world.query<{ key: string }>('select key from releases');

describe('the steps that plan a release', () => {
  it('ask one thing after the other, and plan only with the last', async () => {
    const what = await begin();
    expect(what.back).toBeUndefined();
    const when = await next(submit(what, filledIn));
    const who = await next(submit(when, filledIn));
    const where = await next(submit(who, filledIn));
    expect([what, when, who, where].map(stepOf)).toEqual(['what', 'when', 'people', 'channels']);
    expect([when, who, where].map(({ back }) => back)).toEqual(['Back', 'Back', 'Back']);
    expect([what, when, who, where].map(({ submit: label }) => label)).toEqual([
      'Continue',
      'Continue',
      'Continue',
      'Create release',
    ]);
    for (const form of [when, who, where]) expect(wordsOf(form)).toContain('Ledger 3.0 · major · ledger-3.0');
    expect(await planned()).toEqual([]);
    expect(await submit(where, filledIn)).toMatchObject({ kind: 'answer', title: 'Planned' });
    expect(await planned()).toEqual([{ key: 'ledger-3.0' }]);
  });

  it('say what customers would miss, until their destinations are filled in', async () => {
    const where = await lastStep({ ...filledIn, stakeholders: 'customer-facing' });
    const sentence = 'no destination for customers. Add channels.customers.';
    expect(wordsOf(where)).toContain(sentence);
    expect(inputsOf(where).map(({ name }) => name)).toContain('channels.customers');
    const answer = await submit(where, { 'channels.customers': '#sales' });
    expect(JSON.stringify(answer)).toContain('no destination for the blog. Add channels.blog.');
    expect(JSON.stringify(answer)).not.toContain(sentence);
  });

  it('leave nothing in the trail but the release', async () => {
    await submit(await lastStep(), filledIn);
    expect(await auditOf(world, 'workspace')).toEqual([]);
  });

  it('show before the end what is sent first and what is odd', async () => {
    const where = await lastStep({ ...filledIn, date: '2030-06-15' });
    expect(wordsOf(where)).toContain('Go-live: Sat 15 Jun 2030, 10:00 (Europe/Amsterdam)');
    expect(wordsOf(where)).toContain('Go-live is on a weekend');
    expect(wordsOf(where)).toContain("Their time has passed, so they won't be sent:");
    expect(where.body.some(({ type }) => type === 'list')).toBe(true);
  });

  it('propose a working day fifteen days ahead, and the one who plans as release manager', async () => {
    const when = await next(submit(await begin(), filledIn));
    expect(initialOf(when)).toEqual({ date: '2030-06-18', time: '10:00', zone: 'Europe/Amsterdam' });
    const who = await next(submit(when, filledIn));
    expect(initialOf(who)).toEqual({ 'roles.release_manager': idOf('rita') });
  });

  it("propose what the product's last release had", async () => {
    await planRelease(world, {
      product: 'Ledger',
      goLive: { ...world.plan.goLive, time: '15:30', zone: 'Europe/Lisbon' },
      channels: { ...world.plan.channels, support: ['#sales', '#qa'] },
    });
    const when = await next(submit(await begin(), { ...filledIn, product: 'LEDGER' }));
    expect(initialOf(when)).toMatchObject({ time: '15:30', zone: 'Europe/Lisbon' });
    const who = await next(submit(when, {}));
    expect(initialOf(who)).toMatchObject(
      Object.fromEntries(Object.entries(filledIn).filter(([name]) => name.startsWith('roles.'))),
    );
    expect(wordsOf(who)).toContain('Suggested: the people of web-2.4.0, with you as release manager.');
    expect(initialOf(await next(submit(who, {})))).toMatchObject({ 'channels.support': '#sales, #qa' });
  });

  it('say what is wrong in their own fields, and keep the rest for later', async () => {
    const what = await begin();
    const { key: _, ...blank } = initialOf(what);
    const wrong = await submit(what, { ...blank, product: ' ', version: '?' });
    expect(wrong.kind === 'errors' && Object.keys(wrong.errors).sort()).toEqual([
      'key',
      'product',
      'summary',
      'version',
    ]);
    const when = await next(submit(what, filledIn));
    const past = await submit(when, { ...filledIn, date: '2030-06-01', zone: 'Europe/Nowhere' });
    expect(past.kind === 'errors' && Object.keys(past.errors)).toEqual(['zone']);
    const who = await next(submit(when, filledIn));
    const missing = await submit(who, { ...filledIn, 'roles.qa_lead': null });
    expect(missing.kind === 'errors' && Object.keys(missing.errors)).toEqual(['roles.qa_lead']);
  });

  it('go back with what was typed, right or wrong, and keep what was emptied', async () => {
    const who = await next(submit(await next(submit(await begin(), filledIn)), filledIn));
    const when = await next(submit(who, { 'roles.qa_lead': idOf('bo') }, { back: true }));
    expect(stepOf(when)).toBe('when');
    const what = await next(submit(when, { zone: 'Nowhere', time: null }, { back: true }));
    expect(initialOf(what)).toMatchObject({ product: 'Ledger', version: '3.0', type: 'major' });
    const again = await next(submit(what, {}));
    expect(initialOf(again)).toEqual({ date: '2030-06-18', zone: 'Nowhere' });
    const people = await next(submit(again, { time: '11:00', zone: 'UTC' }));
    expect(initialOf(people)).toMatchObject({ 'roles.qa_lead': idOf('bo') });
  });

  it('go back to what is right no more, and say why', async () => {
    const where = await lastStep();
    world.clock.moveTo(goLive);
    const when = await next(submit(where, {}));
    expect(stepOf(when)).toBe('when');
    expect(wordsOf(when)).toContain('which has passed');
    expect(await planned()).toEqual([]);
  });

  it('refuse a key that is taken at once, and also when it was taken in the meantime', async () => {
    const taken = { ...filledIn, key: 'web-2.4.0' };
    const where = await lastStep(taken);
    await planRelease(world);
    const refused = await submit(await begin('rita', 'new blank'), taken);
    expect(refused.kind === 'errors' && Object.keys(refused.errors)).toEqual(['key']);
    const what = await next(submit(where, {}));
    expect(stepOf(what)).toBe('what');
    expect(wordsOf(what)).toContain('There is already a release "web-2.4.0".');
  });

  it('do each step once when it arrives twice', async () => {
    const what = await begin();
    const [first, second] = [
      await submit(what, filledIn, { key: 'k1' }),
      await submit(what, filledIn, { key: 'k1' }),
    ];
    expect(second).toEqual(first);
    expect(await draftRows()).toHaveLength(1);
    const where = await lastStep();
    const both = await Promise.all([submit(where, {}, { key: 'k2' }), submit(where, {}, { key: 'k2' })]);
    expect(both.map(({ kind }) => kind)).toEqual(['answer', 'answer']);
    expect(both[1]).toEqual(both[0]);
    expect(await planned()).toEqual([{ key: 'ledger-3.0' }]);
  });

  it('are done with once the release is planned', async () => {
    const where = await lastStep();
    await submit(where, {});
    const again = await submit(where, {});
    expect(again).toMatchObject({ kind: 'answer', title: 'Not done' });
    expect(sayingOf(again)).toBe('ledger-3.0 is already planned. Change it with "release edit ledger-3.0".');
    expect(initialOf(await begin())).toEqual({ type: 'minor', stakeholders: 'internal-only' });
  });
});

function sayingOf(outcome: FormOutcome): string {
  return outcome.kind === 'answer' ? lineText(inlines(outcome.card.summary)) : '';
}

describe('what was filled in', () => {
  it('is offered again to whoever filled it in, and to nobody else', async () => {
    world.services.releaseCreators = [...world.services.releaseCreators, 'dana@example.com'];
    await submit(await begin(), filledIn);
    const again = await begin();
    expect(initialOf(again)).toMatchObject({ product: 'Ledger', version: '3.0' });
    expect(wordsOf(again)).toContain('This is what you filled in before.');
    expect(initialOf(await begin('dana'))).toEqual({ type: 'minor', stakeholders: 'internal-only' });
    expect(initialOf(await begin('rita', 'new blank'))).toEqual({
      type: 'minor',
      stakeholders: 'internal-only',
    });
  });

  it.each(['what', 'when', 'people', 'channels'])(
    "can't be gone on with by somebody else, from the step %s",
    async (step) => {
      world.services.releaseCreators = [...world.services.releaseCreators, 'dana@example.com'];
      const form = await lastStep();
      const theirs = { ...form, metadata: { ...form.metadata, step } };
      const before = await world.query('select values, person_id from release_drafts');
      const refused = await submit(theirs, {}, { person: 'dana' });
      expect(sayingOf(refused)).toBe('This form is not yours. Start your own with "release new".');
      expect(await world.query('select values, person_id from release_drafts')).toEqual(before);
      expect(await planned()).toEqual([]);
    },
  );

  it('is gone after a day, and the form says so and plans nothing', async () => {
    const where = await lastStep();
    world.wall.now += draftKeptMs;
    const late = await submit(where, {});
    expect(sayingOf(late)).toBe(
      'What you filled in was kept for a day and is now gone, so nothing was planned. Start again with "release new".',
    );
    expect(await planned()).toEqual([]);
    expect(initialOf(await begin())).toEqual({ type: 'minor', stakeholders: 'internal-only' });
  });

  it('begins anew with the first step, however old its form is', async () => {
    const what = await begin();
    await submit(what, { ...filledIn, key: 'old-key-1.0' });
    world.wall.now += draftKeptMs;
    expect(wordsOf(await next(submit(what, filledIn)))).toContain('ledger-3.0');
  });

  it('is removed after a day, and not before', async () => {
    await submit(await lastStep(), {});
    world.wall.now += draftKeptMs - 1;
    await pruneDrafts(world.jobs);
    expect(await draftRows()).toEqual([{ planned_as: 'ledger-3.0' }]);
    world.wall.now += 2;
    await pruneDrafts(world.jobs);
    expect(await draftRows()).toEqual([]);
  });

  it('stays theirs when two people turn out to be one', async () => {
    await submit(await begin(), filledIn);
    const [from, into] = [personIdOf('rita'), personIdOf('dana')];
    await withTransaction(world.services.db, (tx) =>
      mergePersons({ tx, now: world.clock.now() }, { from, into }),
    );
    const [row] = await world.query<{ person_id: string }>('select person_id from release_drafts');
    expect(row?.person_id).toBe(into);
  });
});
