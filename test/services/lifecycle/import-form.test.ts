import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { runCommand } from '../../../src/bot/interactions/run-command.ts';
import { runForm } from '../../../src/bot/interactions/run-form.ts';
import type { Plan } from '../../../src/core/plan/plan.ts';
import { openWorld, type PersonName, type World } from '../../support/test-services.ts';
import { actionsOf, planRelease, releaseAtOnePercent, releaseOf } from '../steps.ts';

let world: World;
let releaseId: string;
beforeEach(async () => {
  world = await openWorld();
});
afterEach(() => world.close());

/** Somebody who has no right to plan releases opens the form for a release, and pastes a plan. */
async function openFor(person: PersonName) {
  const answer = await runCommand({ ctx: world.as(person), name: 'release', words: 'import web-2.4.0' });
  if (answer.kind !== 'form') throw new Error(`no form: ${JSON.stringify(answer)}`);
  const { name, metadata, body } = answer.form;
  const paste = (plan: string) =>
    runForm({
      ctx: world.as(person),
      name,
      values: { plan },
      metadata: JSON.parse(JSON.stringify(metadata)),
    });
  return { body: JSON.stringify(body), paste };
}

const yaml = (changes: Partial<Plan>) => stringify({ ...world.plan, ...changes });

describe('/release import with a key', () => {
  beforeEach(async () => {
    releaseId = await planRelease(world);
  });

  it('takes the new plan of that release from those who may change it', async () => {
    const { body, paste } = await openFor('bo');
    expect(body).toContain('Paste the whole plan of web-2.4.0');
    expect(body).not.toContain('"existing"');
    expect(await paste(yaml({ summary: 'Checkout takes one step.' }))).toMatchObject({ title: 'Changed' });
    expect((await releaseOf(world, releaseId)).plan.summary).toBe('Checkout takes one step.');
  });

  it('takes no plan of another release', async () => {
    const { paste } = await openFor('bo');
    const outcome = await paste(yaml({ release: 'app-1.0' }));
    expect(outcome).toMatchObject({ kind: 'errors' });
    expect(JSON.stringify(outcome)).toContain('This is the plan of app-1.0. Paste the plan of web-2.4.0, or');
  });

  it('shows what a new go-live does, and moves it with the rest once that is confirmed', async () => {
    const { paste } = await openFor('bo');
    const goLive = { ...world.plan.goLive, date: '2030-06-25' };
    const outcome = await paste(yaml({ goLive, summary: 'Checkout takes one step.' }));
    if (outcome.kind !== 'next') throw new Error(`no next form: ${JSON.stringify(outcome)}`);
    const { name, metadata, body } = outcome.form;
    expect(JSON.stringify(body)).toContain('Nothing has changed yet');
    expect(JSON.stringify(body)).toContain('The plan also changes summary.');
    expect((await releaseOf(world, releaseId)).plan.summary).toBe(world.plan.summary);
    const values = { reason: 'The provider has a freeze.' };
    const confirm = (as: PersonName) => runForm({ ctx: world.as(as), name, values, metadata });
    expect(await confirm('rita')).toMatchObject({ kind: 'answer', notDone: true });
    expect(await confirm('bo')).toMatchObject({ title: 'Moved' });
    const { plan } = await releaseOf(world, releaseId);
    expect(plan).toMatchObject({ goLive, summary: 'Checkout takes one step.' });
    expect(await actionsOf(world, releaseId)).toEqual(
      expect.arrayContaining(['release.edited', 'release.rescheduled']),
    );
  });

  it('moves go-live alone where nothing else differs', async () => {
    const { paste } = await openFor('bo');
    const goLive = { ...world.plan.goLive, date: '2030-06-25' };
    const outcome = await paste(yaml({ goLive }));
    if (outcome.kind !== 'next') throw new Error(`no next form: ${JSON.stringify(outcome)}`);
    const { name, metadata } = outcome.form;
    const values = { reason: 'The provider has a freeze.' };
    expect(await runForm({ ctx: world.as('bo'), name, values, metadata })).toMatchObject({ title: 'Moved' });
    expect((await releaseOf(world, releaseId)).plan.goLive).toEqual(goLive);
    expect(await actionsOf(world, releaseId)).not.toContain('release.edited');
  });

  it('moves nothing when the release has changed since', async () => {
    const { paste } = await openFor('bo');
    const goLive = { ...world.plan.goLive, date: '2030-06-25' };
    const outcome = await paste(yaml({ goLive, summary: 'Checkout takes one step.' }));
    if (outcome.kind !== 'next') throw new Error(`no next form: ${JSON.stringify(outcome)}`);
    expect(await paste(yaml({ codeName: 'Basket' }))).toMatchObject({ title: 'Changed' });
    const { name, metadata } = outcome.form;
    const values = { reason: 'The provider has a freeze.' };
    const again = await runForm({ ctx: world.as('bo'), name, values, metadata });
    expect(again).toMatchObject({ kind: 'next', form: { name: 'confirm-reschedule' } });
    expect((await releaseOf(world, releaseId)).plan.goLive).toEqual(world.plan.goLive);
  });

  it('says what was odd about the text', async () => {
    const { paste } = await openFor('bo');
    const text = yaml({}).replace(/summary: .*/, 'summary: Checkout takes one step #88');
    expect(JSON.stringify(await paste(text))).toContain('on it is a comment.');
  });
});

describe('/release import once go-live has passed', () => {
  const channels = () => ({ ...world.plan.channels, support: ['#sales'] });
  const supportOf = async () => (await releaseOf(world, releaseId)).plan.channels.support;

  beforeEach(async () => {
    releaseId = await releaseAtOnePercent(world);
    world.clock.moveBy(60_000);
  });

  it('changes the channels of a release under way whose key it was given', async () => {
    const { paste } = await openFor('bo');
    expect(await paste(yaml({ channels: channels() }))).toMatchObject({ title: 'Changed' });
    expect(await supportOf()).toEqual(['#sales']);
  });

  it('changes them with the choice to change that release', async () => {
    const submit = (changes: Partial<Plan>, existing: string) => {
      const values = { plan: yaml(changes), existing };
      return runForm({ ctx: world.as('rita'), name: 'import-release', values, metadata: null });
    };
    expect(JSON.stringify(await submit({ channels: channels() }, 'refuse'))).toContain('which has passed');
    expect(await submit({ channels: channels() }, 'edit')).toMatchObject({ title: 'Changed' });
    expect(await supportOf()).toEqual(['#sales']);
    expect(await submit({ release: 'app-1.0' }, 'edit')).toMatchObject({
      kind: 'errors',
      errors: { plan: expect.stringContaining('has passed. Choose a later date.') },
    });
  });

  it('changes nothing else, and no go-live', async () => {
    const { paste } = await openFor('bo');
    expect(JSON.stringify(await paste(yaml({ summary: 'Other.' })))).toContain(
      'only its channels and links can still be changed',
    );
    const moved = { ...world.plan.goLive, date: '2030-06-11' };
    expect(JSON.stringify(await paste(yaml({ goLive: moved })))).toContain("can't be moved");
  });
});
