import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { scheduleCard } from '../../../src/bot/cards/answers/schedule-card.ts';
import type { PlanInput } from '../../../src/core/plan/plan.ts';
import { loadSchedule } from '../../../src/db/queries/schedule.ts';
import { approveDraft } from '../../../src/services/approval/approve-draft.ts';
import { listHolders } from '../../../src/services/corrections/list-holders.ts';
import { cancelRelease } from '../../../src/services/lifecycle/cancel-release.ts';
import { editRelease } from '../../../src/services/lifecycle/edit-release.ts';
import { rescheduleRelease } from '../../../src/services/lifecycle/reschedule-release.ts';
import { examplePlan } from '../../core/plan/example-plan.ts';
import { goLive, openWorld, type World } from '../../support/test-services.ts';
import { accepted, planRelease, playUntil, releaseOf, wordsOfLast } from '../steps.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld();
});
afterEach(() => world.close());

/** Customers read #qa, and no team does; what they read is approved. */
async function plan(changes: Partial<PlanInput> = {}): Promise<string> {
  const id = await planRelease(
    world,
    examplePlan({
      stakeholders: 'customer-facing',
      channels: { customers: '#qa', advisoryBoard: '#qa' },
      communications: { change: { 'final-testing-status': { channel: 'release' } } },
      ...changes,
    }),
  );
  await approveWhatThereIs();
  return id;
}

/** Approves whatever has a text as things stand; what does not come as things stand has none yet. */
async function approveWhatThereIs(): Promise<void> {
  const drafts = await world.query<{ id: string; revision: number }>(
    `select id, revision from drafts where state = 'waiting'`,
  );
  for (const { id: draftId, revision } of drafts) {
    const result = await approveDraft({ ctx: world.as('rita'), input: { draftId, revision } });
    if (!result.ok) expect(result.refusal).toMatchObject({ code: 'wrong-state' });
  }
}
const sentTo = (destination: string) =>
  world.query<{ subject: string; content: object }>(
    `select subject, content from deliveries where destination = '${destination}' order by seq`,
  );
const customers = 'slack:channel:C-qa';
const afterAnnouncement = '2030-06-11T13:30:00Z';

async function announce(): Promise<void> {
  await playUntil(world, afterAnnouncement);
  await world.query(`update deliveries set state = 'sent'`);
}

describe('what customers are told', () => {
  it('comes by the schedule, and what has no destination is withheld with its reason', async () => {
    const id = await plan();
    await announce();
    expect((await sentTo(customers)).map(({ subject }) => subject)).toEqual([
      'advisory-board-briefing',
      'customer-announcement-email',
    ]);
    const schedule = await loadSchedule(world.services.db, id);
    const find = (wanted: string) => schedule.find(({ item }) => item.key === wanted);
    expect(find('customer-announcement-blog')).toMatchObject({
      state: 'withheld',
      note: 'Not sent: no destination for the blog. Add channels.blog.',
    });
    const card = JSON.stringify(scheduleCard(await releaseOf(world, id), schedule));
    expect(card).toContain('Withheld (Not sent: no destination for the blog. Add channels.blog.)');
    expect(card).toContain('Nowhere: no destination for the help center. Add channels.helpCenter');
  });

  it('is a cancellation in their words, without reason and names, which the teams get', async () => {
    await plan();
    await announce();
    accepted(
      await cancelRelease({
        ctx: world.as('rita'),
        input: { releaseKey: null, reason: 'The supplier left.' },
      }),
    );
    const told = (await sentTo(customers)).slice(2);
    expect(told.map(({ subject }) => subject)).toEqual([
      'cancellation-advisory-board',
      'cancellation-customers',
    ]);
    expect(JSON.stringify(told)).toContain('will not be released');
    expect(JSON.stringify(told)).not.toMatch(/supplier|Rita|release-deployment/);
    expect(JSON.stringify(await sentTo('slack:channel:C-executives'))).toContain('The supplier left.');
  });

  it('is a cancellation as soon as somebody approves it, when nobody had', async () => {
    await plan();
    await announce();
    await world.query(
      `update drafts set state = 'waiting', approved = null where communication_id in
        (select id from communications where key = 'cancellation-customers')`,
    );
    accepted(await cancelRelease({ ctx: world.as('rita'), input: { releaseKey: null, reason: 'No.' } }));
    const keys = async () => (await sentTo(customers)).slice(2).map(({ subject }) => subject);
    expect(await keys()).toEqual(['cancellation-advisory-board']);
    await approveWhatThereIs();
    await playUntil(world, '2030-06-11T13:31:00Z');
    expect(await keys()).toEqual(['cancellation-advisory-board', 'cancellation-customers']);
  });

  it('is nothing about a cancellation when they had not heard of the release', async () => {
    await plan();
    await playUntil(world, '2030-06-04T08:05:00Z');
    accepted(await cancelRelease({ ctx: world.as('rita'), input: { releaseKey: null, reason: 'No.' } }));
    expect(await sentTo(customers)).toEqual([]);
  });

  it('is the new date, without reason and names', async () => {
    const id = await plan();
    await announce();
    const { goLiveAt } = await releaseOf(world, id);
    accepted(
      await rescheduleRelease({
        ctx: world.as('rita'),
        input: {
          releaseKey: 'web-2.4.0',
          date: '2030-06-20',
          time: '10:00',
          reason: 'Dana is ill.',
          from: goLiveAt,
        },
      }),
    );
    const [told] = (await sentTo(customers)).slice(2);
    expect(JSON.stringify(told)).toContain('Thu 20 Jun 2030');
    expect(JSON.stringify(told)).not.toMatch(/Dana|Rita|web-2\.4\.0/);
  });

  it('is the new version at once, and of new contents nothing that nobody has approved', async () => {
    const id = await plan();
    await announce();
    const { plan: before } = await releaseOf(world, id);
    const summary = 'Checkout in one step.';
    const changed = { ...before, version: '2.4.1', summary };
    const edited = accepted(await editRelease({ ctx: world.as('rita'), input: { plan: changed } }));
    const told = (await sentTo(customers)).slice(2);
    expect(JSON.stringify(told)).toContain('It is now Web shop 2.4.1.');
    expect(JSON.stringify(told)).not.toContain(summary);
    const known = 'Customers were told the old summary in “Customer announcement”';
    expect(JSON.stringify(edited.consequences)).toContain(known);
    expect((await wordsOfLast(world, 'edited')).join()).toMatch(/@rita: customers were told the old/);
    await world.query(`update deliveries set state = 'sent'`);
    const holders = await listHolders(world.services, await releaseOf(world, id));
    const left = holders.filter(({ isLeftToPeople }) => isLeftToPeople);
    expect(left).toMatchObject([{ stale: ['summary'], isBeingCorrected: false }]);
    const again = { ...changed, version: '2.4.2' };
    expect(
      accepted(await editRelease({ ctx: world.as('rita'), input: { plan: again } })).consequences,
    ).toEqual([]);
  });

  it('is that it comes later, once, when it is not approved an hour after go-live', async () => {
    await plan();
    await announce();
    await playUntil(world, '2030-06-18T10:00:00Z');
    expect((await sentTo(customers)).length).toBe(2);
    await approveWhatThereIs();
    await playUntil(world, '2030-06-18T10:01:00Z');
    const told = (await sentTo(customers)).slice(2);
    expect(told.map(({ subject }) => subject)).toEqual(['delay-notice-customers']);
    expect(JSON.stringify(told)).toContain('is delayed');
  });
});

it('a message whose template was removed is withheld and says so', async () => {
  const id = await plan();
  await world.query(
    `update communications set item = jsonb_set(item, '{template}', '"gone"') where key = 'readiness-review'`,
  );
  await announce();
  const schedule = await loadSchedule(world.services.db, id);
  expect(schedule.find(({ item }) => item.key === 'readiness-review')).toMatchObject({
    state: 'withheld',
    note: 'Not sent: there is no template "gone" any more.',
  });
});

it('a wave of tenants gets what was approved for it', async () => {
  await plan({
    stakeholders: 'multi-tenant',
    tenants: [
      { name: 'Acme', channels: ['#support'], wave: 1 },
      { name: 'Globex', channels: ['#product'], wave: 2 },
    ],
  });
  await announce();
  const rows = await world.query<{ key: string; state: string }>(
    `select key, state from communications where key like 'tenant-notice%' order by key`,
  );
  expect(rows.length).toBeGreaterThan(1);
  for (const row of rows) expect(row).toMatchObject({ state: 'sent' });
});

describe('the day of a wave of tenants', () => {
  const tenants = [
    { name: 'Acme', channels: ['#support'], wave: 1 },
    { name: 'Globex', channels: ['#sales'], wave: 2 },
  ];
  const globex = 'slack:channel:C-sales';
  const corrections = async (destination: string) =>
    (await sentTo(destination))
      .filter(({ subject }) => subject === 'correction')
      .map(({ content }) => content);

  it('is corrected once for those who were told another, when go-live moves', async () => {
    await plan({ stakeholders: 'multi-tenant', tenants });
    await announce();
    const input = { releaseKey: 'web-2.4.0', date: '2030-06-25', time: '10:00', from: Date.parse(goLive) };
    const moved = { ctx: world.as('rita'), input: { ...input, reason: 'Holidays.' } };
    accepted(await rescheduleRelease(moved));
    const [said, ...more] = await corrections(globex);
    expect(more).toEqual([]);
    expect(JSON.stringify(said)).toContain('your upgrade has a new date');
    expect(JSON.stringify(said)).toContain('2030-06-26T08:00:00');
    expect(JSON.stringify(said)).not.toContain('Holidays.');
  });

  it('is corrected for one wave alone, when only its day changes, and the trail of who knows says so', async () => {
    const id = await plan({ stakeholders: 'multi-tenant', tenants });
    await announce();
    const { plan: before } = await releaseOf(world, id);
    const changed = { ...before, waves: ['P0D', 'P3D'] };
    accepted(await editRelease({ ctx: world.as('rita'), input: { plan: changed } }));
    expect(await corrections(globex)).toHaveLength(1);
    expect(JSON.stringify(await corrections('slack:channel:C-support'))).not.toContain('your upgrade');
    const holders = await listHolders(world.services, await releaseOf(world, id));
    const held = holders.find(({ destination }) => destination.id === 'C-sales');
    expect(held?.holds.wave).toBe('2030-06-19 10:00 Europe/Amsterdam');
    expect(held?.stale).toContain('wave');
  });
});
