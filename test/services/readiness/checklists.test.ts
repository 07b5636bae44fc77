import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { renderLiveCard } from '../../../src/bot/cards/render-live-card.ts';
import { runAction } from '../../../src/bot/interactions/run-action.ts';
import { runForm } from '../../../src/bot/interactions/run-form.ts';
import { lineText } from '../../../src/core/card/line.ts';
import { checklistsSchema } from '../../../src/core/plan/checklists-schema.ts';
import { checklistSubject } from '../../../src/core/readiness/checklists/checklist-subject.ts';
import { findTaskMessage } from '../../../src/db/queries/tasks.ts';
import { loadChecklists } from '../../../src/services/readiness/load-checklists.ts';
import { postChecklists } from '../../../src/services/readiness/post-checklists.ts';
import { openWorld, personIdOf, type World } from '../../support/test-services.ts';
import { accepted, approvedRelease, auditOf, planRelease, playUntil, releaseOf } from '../steps.ts';
import { taskOf } from '../tasks/task-steps.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld();
});
afterEach(() => world.close());

const list = 'technical-validation';
const cardRows = () =>
  world.query<{ subject_id: string }>(
    `select subject_id from cards where kind = 'checklist' order by subject_id`,
  );

async function cardText(releaseId: string, key = list): Promise<string> {
  const card = await renderLiveCard(
    world.services.db,
    {
      kind: 'checklist',
      subjectId: checklistSubject(releaseId, key),
      destination: { channel: 'slack', kind: 'channel', id: 'C1' },
    },
    world.clock.now(),
    { hasDriver: () => true, isCreator: async () => false, freezes: [] },
  );
  return JSON.stringify(card);
}

describe('the checklists of a release', () => {
  it('have no card until somebody asks for one, and then one each', async () => {
    const releaseId = await planRelease(world);
    expect(await cardRows()).toEqual([]);
    const input = { releaseKey: 'web-2.4.0', checklist: null };
    const { posted } = accepted(await postChecklists({ ctx: world.as('quinn'), input }));
    expect(posted).toContain('Technical validation');
    expect(await cardRows()).toHaveLength(posted.length);
    expect((await auditOf(world, releaseId)).at(-1)).toMatchObject({
      action: 'checklists.posted',
      details: { checklists: expect.arrayContaining(['documents', list]) },
    });
    expect(accepted(await postChecklists({ ctx: world.as('rita'), input })).posted).toEqual([]);
  });

  it('are posted at the time that the plan gives, by tminus itself', async () => {
    const cards = { offset: '-P7D', time: '10:00' };
    await planRelease(world, { checklists: checklistsSchema.parse({ cards }) });
    await playUntil(world, '2030-06-11T07:59:59Z');
    expect(await cardRows()).toEqual([]);
    await playUntil(world, '2030-06-11T08:00:00Z');
    expect(await cardRows()).toHaveLength(8);
  });

  it('name those that there are when another is asked for', async () => {
    await planRelease(world);
    const input = { releaseKey: null, checklist: 'soc2' };
    const result = await postChecklists({ ctx: world.as('rita'), input });
    expect(result).toMatchObject({
      refusal: { code: 'not-found', message: expect.stringContaining('It has: infrastructure, operations') },
    });
  });

  it('are over once the rollout has begun', async () => {
    await approvedRelease(world);
    await world.query(`update releases set state = 'in_progress'`);
    const result = await postChecklists({
      ctx: world.as('rita'),
      input: { releaseKey: 'web-2.4.0', checklist: null },
    });
    expect(result).toMatchObject({ refusal: { code: 'wrong-state' } });
  });

  it('lose what the plan drops, and keep what was ticked', async () => {
    const releaseId = await planRelease(world, { checklists: checklistsSchema.parse({ drop: [list] }) });
    const lists = await loadChecklists(world.services.db, await releaseOf(world, releaseId));
    expect(lists.map(({ key }) => key)).not.toContain(list);
  });
});

describe('an item', () => {
  it('is ticked in a form that comes back for the next one; the card shows it', async () => {
    const releaseId = await planRelease(world);
    const { id } = await taskOf(world, releaseId, `checklist-${list}-smoke-tests`);
    const ctx = world.as('quinn');
    const opened = await runAction({ ctx, name: 'check-items', value: { releaseId, checklist: list } });
    expect(opened).toMatchObject({ kind: 'form', form: { name: 'check-item' } });
    const evidence = 'https://ci.example.com/runs/7';
    const outcome = await runForm({
      ctx,
      name: 'check-item',
      values: { item: id, outcome: 'done', evidence, reason: null },
      metadata: { releaseId, checklist: list },
    });
    expect(outcome).toMatchObject({ kind: 'next' });
    if (outcome.kind !== 'next') throw new Error('the form did not come back');
    const select = outcome.form.body.find((element) => element.type === 'input' && element.name === 'item');
    expect(select).toMatchObject({
      options: expect.arrayContaining([{ value: id, label: '✅ Smoke tests pass' }]),
    });
    expect(await taskOf(world, releaseId, `checklist-${list}-smoke-tests`)).toMatchObject({
      state: 'done',
      evidence,
      settledByName: 'Quinn Abara',
    });
    expect(await cardText(releaseId)).toContain('✅ Smoke tests pass · Quinn Abara');
  });

  it('is opened again, and is not applicable only with a reason', async () => {
    const releaseId = await planRelease(world);
    const { id } = await taskOf(world, releaseId, `checklist-${list}-cdn`);
    const submit = (values: Record<string, string | null>) =>
      runForm({
        ctx: world.as('dana'),
        name: 'check-item',
        values: { item: id, ...values },
        metadata: { releaseId, checklist: list },
      });
    expect(await submit({ outcome: 'not-applicable', reason: ' ' })).toMatchObject({
      kind: 'errors',
      errors: { reason: expect.stringContaining('Say why') },
    });
    expect(await submit({ outcome: 'not-applicable', reason: 'We have no CDN.' })).toMatchObject({
      kind: 'next',
    });
    expect(await cardText(releaseId)).toContain('not applicable: We have no CDN. (Dana Fischer)');
    expect(await submit({ outcome: 'open' })).toMatchObject({ kind: 'next' });
    expect(await taskOf(world, releaseId, `checklist-${list}-cdn`)).toMatchObject({ state: 'open' });
  });

  it('falls to somebody: nobody else gets the form', async () => {
    const releaseId = await planRelease(world);
    const value = { releaseId, checklist: list };
    const answer = await runAction({ ctx: world.as('priya'), name: 'check-items', value });
    expect(JSON.stringify(answer)).toContain('falls to you');
    expect(JSON.stringify(answer)).toContain('Quinn Abara');
  });
});

describe('the reminders of fifty items', () => {
  it('are one message a person and working day at most, and none for items alone around go-live', async () => {
    await planRelease(world);
    // Everything else is settled, so that what is said is said of checklists.
    await world.query(`update tasks set state = 'done' where kind <> 'checklist'`);
    await playUntil(world, '2030-06-18T07:59:00Z');
    const sent = await world.query<{ id: string; person_id: string; sent_at: Date; kind: string }>(
      'select id, person_id, sent_at, kind from task_messages order by sent_at',
    );
    expect(sent.length).toBeGreaterThan(0);
    expect(new Set(sent.map(({ kind }) => kind))).toEqual(new Set(['digest']));
    const days = sent.map(({ person_id, sent_at }) => `${person_id} ${sent_at.toISOString().slice(0, 10)}`);
    expect(new Set(days).size).toBe(days.length);
  });

  it('have one entry for several items of a checklist, with one button', async () => {
    await planRelease(world);
    await playUntil(world, '2030-06-11T12:00:00Z');
    const [last] = await world.query<{ id: string }>(
      `select m.id from task_messages m join persons p on p.id = m.person_id
       where p.id = $1 order by m.sent_at desc limit 1`,
      [personIdOf('dana')],
    );
    const message = await findTaskMessage(world.services.db, last?.id ?? '');
    expect(message?.agenda.week.length).toBeGreaterThan(8);
    const card = await renderLiveCard(
      world.services.db,
      {
        kind: 'tasks',
        subjectId: last?.id ?? '',
        destination: { channel: 'slack', kind: 'person', id: 'U0DANA' },
      },
      world.clock.now(),
      { hasDriver: () => true, isCreator: async () => false, freezes: [] },
    );
    const buttons = (card?.blocks ?? []).flatMap((block) =>
      block.type === 'actions' ? block.buttons.map(({ action }) => action) : [],
    );
    expect(buttons.filter((action) => action === 'check-items').length).toBeGreaterThan(2);
    expect(card?.blocks.length).toBeLessThanOrEqual(50);
    expect(lineText(card?.summary ?? '')).toContain('due this week');
  });
});
