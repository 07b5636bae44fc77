import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { deriveSchedule } from '../../../src/core/schedule/derive-schedule.ts';
import { createRelease } from '../../../src/services/release/create-release.ts';
import { mayCreateRelease } from '../../../src/services/release/may-create-release.ts';
import { goLive, idOf, openWorld, type World } from '../../support/test-services.ts';
import { accepted, actionsOf, auditOf, outboxOf, planRelease, playUntil, releaseOf } from '../steps.ts';
import { changedTables, hashTables } from '../table-hashes.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld();
});
afterEach(() => world.close());

const create = (changes: Partial<World['plan']> = {}) =>
  createRelease({ ctx: world.as('rita'), input: { plan: { ...world.plan, ...changes } } });

describe('planning a release', () => {
  it('writes the release with its people and channels as the platform knows them', async () => {
    const release = await releaseOf(world, await planRelease(world));
    expect(release).toMatchObject({ key: 'web-2.4.0', state: 'in_planning', goLiveAt: Date.parse(goLive) });
    expect(release.people).toHaveLength(9);
    expect(release.people).toContainEqual({
      role: 'release_manager',
      position: 'backup',
      personId: idOf('emil'),
      name: 'Emil Novak',
    });
    expect(release.channels).toContainEqual({ name: '#all-hands', channelId: 'C-all-hands' });
  });

  it('keeps the plan as it was read', async () => {
    const { plan } = await releaseOf(world, await planRelease(world));
    expect(plan).toEqual(world.plan);
  });

  it('refuses what is no plan', async () => {
    const before = await hashTables(world);
    const rollout = { ...world.plan.rollout, phases: [{ share: 150, soak: 'PT0S', criteria: [] }] };
    expect(await create({ rollout })).toMatchObject({ ok: false, refusal: { code: 'invalid' } });
    expect(changedTables(before, await hashTables(world))).toEqual([]);
  });

  it('writes the whole schedule, a timer for each item that has an instant, and the closing', async () => {
    const releaseId = await planRelease(world);
    const schedule = deriveSchedule(world.plan);
    const rows = await world.query<{ key: string; due_at: Date | null; state: string; timers: string }>(
      `select c.key, c.due_at, c.state, count(t.id) as timers from communications c
       left join timers t on t.subject_id = c.id::text and t.due_at = c.due_at group by c.id order by c.position`,
    );
    expect(
      rows.map((row) => [row.key, row.due_at?.getTime() ?? null, row.state, Number(row.timers)]),
    ).toEqual(schedule.map((item) => [item.key, item.dueAt, 'planned', item.dueAt === null ? 0 : 1]));
    const closing = await world.query(`select subject_id, due_at from timers where kind = 'close-release'`);
    const last = new Date(Math.max(...schedule.map((item) => item.dueAt ?? 0)));
    expect(closing).toEqual([{ subject_id: releaseId, due_at: last }]);
  });

  it('tells the channel, and the person what comes first', async () => {
    const created = accepted(await create());
    expect(await outboxOf(world)).toEqual(['planned']);
    expect(created.past).toEqual([]);
    expect(created.coming.map((item) => item.title)).toEqual([
      'Release readiness review',
      'Stakeholder notification',
      'Customer communication draft',
      'Final testing status',
      'Go/no-go readiness check',
    ]);
    expect(created.goLive).toBe('Tue 18 Jun 2030, 10:00 (Europe/Amsterdam)');
  });

  it('is in the audit trail of the release from its first event', async () => {
    const releaseId = await planRelease(world);
    const [first, second] = await auditOf(world, releaseId);
    expect(first).toMatchObject({ action: 'release.created', actor: `slack:${idOf('rita')}` });
    expect(second).toMatchObject({ action: 'release.moved', details: { to: 'in_planning' } });
  });

  it('withholds what is past already, and says so', async () => {
    world.clock.moveTo('2030-06-11T09:00:00Z');
    const created = accepted(await create());
    const past = ['Release readiness review', 'Stakeholder notification', 'Customer communication draft'];
    expect(created.past.map((item) => item.title)).toEqual([...past, 'Final testing status']);
    const withheld = await world.query<{ note: string }>(
      `select note from communications where state = 'withheld' order by position`,
    );
    expect(withheld).toHaveLength(4);
    expect(withheld[0]?.note).toContain('had passed');
    await playUntil(world, '2030-06-11T09:00:00Z');
    expect(await outboxOf(world)).toEqual(['planned']);
  });
});

describe('planning is refused', () => {
  it('with every unknown person and channel at once', async () => {
    const { roles, channels } = world.plan;
    const stranger = { name: 'A Stranger', email: 'stranger@example.com' };
    const refused = await create({
      roles: { ...roles, qa_lead: stranger, devops_lead: { ...roles.devops_lead, backup: stranger } },
      channels: { ...channels, sales: '#nowhere', support: '#no-such' },
    });
    expect(refused).toMatchObject({
      refusal: {
        code: 'invalid',
        reasons: [
          expect.stringMatching(/QA Lead.*stranger@example\.com/),
          expect.stringMatching(/DevOps Lead.*stranger@example\.com/),
          expect.stringContaining('#no-such'),
          expect.stringContaining('#nowhere'),
        ],
      },
    });
    expect(await world.query('select 1 from releases')).toEqual([]);
  });

  it('when go-live has passed, to the millisecond', async () => {
    world.clock.moveTo(goLive);
    expect(await create()).toMatchObject({
      refusal: { code: 'invalid', message: expect.stringContaining('Tue 18 Jun 2030, 10:00') },
    });
    world.clock.moveTo(Date.parse(goLive) - 1);
    expect((await create()).ok).toBe(true);
  });

  it('under a key that is taken, also at the same moment', async () => {
    const results = await Promise.all([create(), create(), create()]);
    expect(results.filter((result) => result.ok)).toHaveLength(1);
    for (const result of results) {
      if (!result.ok) expect(result.refusal.code).toBe('already-exists');
    }
    expect(await world.query('select 1 from timers where kind = $1', ['close-release'])).toHaveLength(1);
  });

  it.each(['nina', 'emil'] as const)('to %s, whom the configuration does not name', async (name) => {
    const ctx = world.as(name);
    const refused = { ok: false, refusal: { code: 'not-permitted', who: 'rita' } };
    expect(await mayCreateRelease({ ctx, input: {} })).toMatchObject(refused);
    expect(await createRelease({ ctx, input: { plan: world.plan } })).toMatchObject(refused);
    expect(await actionsOf(world, 'workspace')).toEqual(['act.refused', 'act.refused']);
  });

  it('to everyone when nobody is configured, and says where that is done', async () => {
    const ctx = { ...world.as('rita'), releaseCreators: [] };
    expect(await mayCreateRelease({ ctx, input: {} })).toMatchObject({
      refusal: { who: expect.stringContaining('releaseCreators') },
    });
  });
});

describe('planning is allowed', () => {
  it('to an operator at the server', async () => {
    const ctx = { ...world.services, actor: { kind: 'operator' as const, name: 'root' } };
    expect((await createRelease({ ctx, input: { plan: world.plan } })).ok).toBe(true);
    expect(await mayCreateRelease({ ctx: world.as('rita'), input: {} })).toEqual({ ok: true, value: null });
  });
});
