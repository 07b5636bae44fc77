import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runForm } from '../../../src/bot/interactions/run-form.ts';
import { importPlan } from '../../../src/cli/import-plan.ts';
import type { Plan } from '../../../src/core/plan/plan.ts';
import { editRelease } from '../../../src/services/lifecycle/edit-release.ts';
import { goLive, openWorld, type PersonName, type World } from '../../support/test-services.ts';
import { unfrozen } from '../changes/late-change.ts';
import {
  accepted,
  approvedRelease,
  auditOf,
  openDecision,
  outboxOf,
  planRelease,
  playUntil,
  pollOf,
  promote,
  releaseAtOnePercent,
  releaseOf,
  voteGo,
  wordsOfLast,
} from '../steps.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld();
});
afterEach(() => world.close());

const edit = (changes: Partial<Plan>, by: PersonName = 'rita') =>
  editRelease({ ctx: world.as(by), input: { plan: { ...world.plan, ...changes } } });
const items = async () =>
  new Map(
    (
      await world.query<{ key: string; state: string; note: string | null; due_at: Date | null }>(
        'select key, state, note, due_at from communications',
      )
    ).map(({ key, ...item }) => [key, item]),
  );

/** The decision poll opens two days before go-live, which is on a Tuesday. */
function withDecisionOnSunday(): Plan['goNoGo'] {
  const { goNoGo } = world.plan;
  const polls = goNoGo.polls.map((poll) =>
    poll.kind === 'decision' ? { ...poll, opens: { offset: '-P2D', time: '14:00' } } : poll,
  );
  return { ...goNoGo, polls };
}

describe('a changed plan', () => {
  it('is told where its announcements were read, as far as it makes them untrue', async () => {
    world.plan = unfrozen(world.plan);
    await planRelease(world);
    await playUntil(world, '2030-06-05T12:00:00Z');
    await world.query(
      `update deliveries set destination = 'slack:channel:C-sales', state = 'sent'
        where id = (select id from deliveries where communication_id is not null order by seq limit 1)`,
    );
    const toldOf = (subject: string) =>
      world.query<{ destination: string }>('select destination from deliveries where subject = $1', [
        subject,
      ]);
    accepted(await edit({ links: { dashboard: 'https://example.com/other' } }));
    expect(await toldOf('correction')).toEqual([]);
    const [first = '', ...others] = world.plan.scope.features;
    accepted(await edit({ scope: { ...world.plan.scope, features: [...others, 'Gift cards'] } }));
    // The message for product still waits in the outbox: it says what was true then, and is corrected once it is sent.
    expect(new Set((await toldOf('correction')).map(({ destination }) => destination))).toEqual(
      new Set(['slack:channel:C-sales', 'slack:channel:C-product']),
    );
    expect(await wordsOfLast(world, 'correction')).toEqual([
      "✏️ Web shop 2.4.0: what's in it has changed",
      "# ✏️ Web shop 2.4.0: what's in it has changed",
      'Added to features:',
      '- Gift cards',
      'Removed from features:',
      `- ${first}`,
      'Changed by Rita Moreno.',
      'Nothing else that you were told here has changed.',
    ]);
  });

  it('leaves what was sent, and moves, drops and adds what is to come', async () => {
    const releaseId = await planRelease(world);
    await playUntil(world, '2030-06-04T08:30:00Z');
    const { communications } = world.plan;
    const add = {
      key: 'usage-survey',
      title: 'Usage survey',
      offset: 'P3D',
      time: '09:00',
      audience: 'sales' as const,
      template: 'lessons-learned',
    };
    const edited = accepted(
      await edit({
        summary: 'Checkout takes one step.',
        communications: {
          ...communications,
          change: { 'final-testing-status': { time: '11:00' }, 'readiness-review': { time: '11:00' } },
          drop: ['customer-announcement'],
          add: [add],
        },
      }),
    );
    expect(edited).toMatchObject({ changed: ['summary', 'messages'], consequences: [] });
    const after = await items();
    expect(after.get('readiness-review')).toMatchObject({ state: 'sent' });
    expect(after.get('final-testing-status')?.due_at?.toISOString()).toBe('2030-06-11T09:00:00.000Z');
    expect(after.get('customer-announcement')).toMatchObject({
      state: 'withheld',
      note: 'Not sent: the plan no longer has it.',
    });
    expect(after.get('usage-survey')).toMatchObject({ state: 'planned' });
    expect((await releaseOf(world, releaseId)).plan.summary).toBe('Checkout takes one step.');
    await playUntil(world, '2030-06-11T08:30:00Z');
    expect(await outboxOf(world)).not.toContain('final-testing-status');
    await playUntil(world, '2030-06-11T14:00:00Z');
    expect(await outboxOf(world)).toContain('final-testing-status');
    expect(await outboxOf(world)).not.toContain('customer-announcement');
    expect(await outboxOf(world)).toContain('edited');
    expect((await auditOf(world, releaseId)).map(({ action }) => action)).toContain('release.edited');
  });

  it('warns of what is odd about its new times', async () => {
    await planRelease(world);
    const { warnings } = accepted(await edit({ goNoGo: withDecisionOnSunday() }));
    expect(warnings).toEqual([
      expect.stringMatching(/^The poll decision opens on a weekend, Sun 16 Jun 2030, 14:00 /),
    ]);
    expect(accepted(await edit({ summary: 'Checkout takes one step.' })).warnings).toEqual([]);
  });

  it('shows those warnings to whoever imports it', async () => {
    await planRelease(world);
    const values = { plan: JSON.stringify({ ...world.plan, goNoGo: withDecisionOnSunday() }) };
    const metadata = { releaseKey: 'web-2.4.0' };
    const outcome = await runForm({ ctx: world.as('rita'), name: 'import-release', values, metadata });
    expect(JSON.stringify(outcome)).toContain('The poll decision opens on a weekend');
  });

  it('shows them to an operator, too', async () => {
    await planRelease(world);
    const plan = { ...world.plan, goNoGo: withDecisionOnSunday() };
    const options = { as: undefined, operator: 'ops', useAccountNames: false, change: true };
    expect(await importPlan(world.as('rita'), plan, options)).toMatchObject({
      ok: true,
      warnings: [expect.stringContaining('The poll decision opens on a weekend')],
    });
  });

  it('of another version takes a go back, and says so', async () => {
    const releaseId = await approvedRelease(world);
    const { consequences } = accepted(await edit({ version: '2.4.1' }));
    expect(JSON.stringify(consequences)).toContain(
      'The go decision no longer applies, because the plan has changed',
    );
    expect((await releaseOf(world, releaseId)).state).toBe('in_planning');
    world.clock.moveTo(goLive);
    expect((await promote(world)).ok).toBe(false);
  });

  it('clears votes that are being cast when it changes what they are about, and else leaves them', async () => {
    const releaseId = await planRelease(world);
    const pollId = await openDecision(world);
    accepted(await voteGo(world, pollId, 'quinn'));
    accepted(await edit({ summary: 'Checkout takes one step.' }));
    expect((await pollOf(world, releaseId)).votes).toHaveLength(1);
    const { consequences } = accepted(await edit({ version: '2.4.1', summary: 'Checkout takes one step.' }));
    expect(JSON.stringify(consequences)).toContain('Please vote again');
    expect((await pollOf(world, releaseId)).votes).toEqual([]);
    expect((await auditOf(world, releaseId)).find(({ action }) => action === 'votes.outdated')).toMatchObject(
      {
        details: { votes: [{ role: 'qa_lead', choice: 'go', personName: 'Quinn Abara' }] },
      },
    );
  });

  it('gives roles and channels to others, with the ballots that are open', async () => {
    const releaseId = await planRelease(world);
    const pollId = await openDecision(world);
    const nina = { name: 'Nina', email: 'nina@example.com' };
    accepted(
      await edit({
        roles: { ...world.plan.roles, qa_lead: nina },
        channels: { ...world.plan.channels, support: ['#sales'] },
      }),
    );
    expect(accepted(await voteGo(world, pollId, 'nina')).roles).toEqual(['qa_lead']);
    expect(await voteGo(world, pollId, 'quinn')).toMatchObject({ refusal: { code: 'not-permitted' } });
    const release = await releaseOf(world, releaseId);
    expect(release.people.find(({ role }) => role === 'qa_lead')?.name).toBe('Nina');
    const ballots = await world.query<{ destination: string }>(
      `select destination from deliveries where subject = 'card:ballot' and destination = 'slack:person:U0NINA'`,
    );
    expect(ballots).toHaveLength(1);
    await world.query('delete from deliveries');
    await playUntil(world, '2030-06-11T14:00:00Z');
    const announced = await world.query<{ subject: string; destination: string }>(
      `select subject, destination from deliveries where subject = 'customer-announcement'`,
    );
    expect(announced).toEqual([{ subject: 'customer-announcement', destination: 'slack:channel:C-sales' }]);
  });

  it('is refused when it moves go-live, changes nothing, names whom nobody knows, or comes from just anybody', async () => {
    await planRelease(world);
    const later = await edit({ goLive: { ...world.plan.goLive, date: '2030-06-19' } });
    expect(later).toMatchObject({
      refusal: {
        code: 'invalid',
        message: expect.arrayContaining([expect.stringContaining("can't be moved")]),
      },
    });
    expect(await edit({})).toMatchObject({
      refusal: { message: 'web-2.4.0 already has exactly this plan.' },
    });
    const qa_lead = { name: 'Nobody', email: 'nobody@example.com' };
    expect(await edit({ roles: { ...world.plan.roles, qa_lead } })).toMatchObject({
      refusal: { code: 'invalid', reasons: [expect.stringContaining('nobody@example.com')] },
    });
    expect(await edit({ summary: 'Other.' }, 'quinn')).toMatchObject({ refusal: { code: 'not-permitted' } });
    expect(await edit({ release: 'app-1.0' })).toMatchObject({ refusal: { code: 'not-found' } });
  });

  it('changes links at any time until the rollout is over, and no vote or decision', async () => {
    const releaseId = await releaseAtOnePercent(world);
    const links = { dashboard: 'https://grafana.example.com/d/web' };
    expect(accepted(await edit({ links }))).toMatchObject({ changed: ['links'], consequences: [] });
    expect(await releaseOf(world, releaseId)).toMatchObject({ state: 'in_progress', plan: { links } });
  });

  it('is refused once the rollout has begun', async () => {
    await releaseAtOnePercent(world);
    expect(await edit({ summary: 'Other.' })).toMatchObject({ refusal: { code: 'wrong-state' } });
  });
});
