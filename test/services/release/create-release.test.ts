import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { deriveSchedule } from '../../../src/core/schedule/derive-schedule.ts';
import { PlatformUnavailableError } from '../../../src/services/ports/directory.ts';
import { createRelease } from '../../../src/services/release/create-release.ts';
import { mayCreateRelease } from '../../../src/services/release/may-create-release.ts';
import { goLive, identityOf, idOf, openWorld, personIdOf, type World } from '../../support/test-services.ts';
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
      personId: personIdOf('emil'),
      name: 'Emil Novak',
      identities: [identityOf('emil')],
      isReachable: true,
    });
    expect(release.destinations).toContainEqual({
      address: '#all-hands',
      destination: { channel: 'slack', kind: 'channel', id: 'C-all-hands' },
    });
  });

  it('calls a channel that the plan names by its id by its name', async () => {
    const id = 'C0SUPPORT99';
    world.platform.channels = world.platform.channels.map((channel) =>
      channel.name === 'support' ? { ...channel, id } : channel,
    );
    const channels = { ...world.plan.channels, support: [id, '#support'], sales: [id] };
    const change = { 'on-call-briefing': { channel: id } };
    const communications = { ...world.plan.communications, change };
    const result = accepted(await create({ channels, communications }));
    const release = await releaseOf(world, result.releaseId);
    expect(release.plan.channels).toMatchObject({ support: ['#support'], sales: ['#support'] });
    expect(release.plan.communications.change).toEqual({ 'on-call-briefing': { channel: '#support' } });
    const items = await world.query("select 1 from communications where item::text like '%C0SUPPORT99%'");
    expect(items).toEqual([]);
    const found = release.destinations.filter(({ destination }) => destination.id === id);
    expect(found.map(({ address }) => address)).toEqual(['#support']);
  });

  it('says once what several of its addresses lack', async () => {
    const channels = { product: ['site:news'], support: ['site:help'], sales: ['mail:sales@example.com'] };
    const lack = (name: string) =>
      `There is no notifier "${name}"; an operator names it under notifiers in tminus.yaml.`;
    const refused = await create({ channels: { ...world.plan.channels, ...channels } });
    const reasons = refused.ok ? [] : refused.refusal.reasons;
    expect([...(reasons ?? [])].sort()).toEqual([lack('mail'), lack('site')]);
  });

  it('needs no channel for an audience to which nothing is sent', async () => {
    const sentTo = (wanted: string) =>
      deriveSchedule(world.plan).flatMap(({ key, audience }) => (audience === wanted ? [key] : []));
    expect(sentTo('product').length).toBeGreaterThan(0);
    const missing = ['product', 'sales'];
    world.platform.channels = world.platform.channels.filter(({ name }) => !missing.includes(name));
    const { communications } = world.plan;
    const withoutSales = { communications: { ...communications, drop: sentTo('sales') } };
    expect(await create(withoutSales)).toMatchObject({
      refusal: {
        reasons: [
          'There is no channel #product that I can see. Messages for product go there: create it, invite me, or name another channel (channels.product in the plan).',
        ],
      },
    });
    const drop = missing.flatMap(sentTo);
    expect((await create({ communications: { ...communications, drop } })).ok).toBe(true);
  });

  it('keeps the plan as it was read', async () => {
    const { plan } = await releaseOf(world, await planRelease(world));
    expect(plan).toEqual(world.plan);
  });

  it('refuses what is no plan', async () => {
    const before = await hashTables(world);
    const rollout = { ...world.plan.rollout, phases: [{ trafficPercent: 150, soak: 'PT0S', criteria: [] }] };
    expect(await create({ rollout })).toMatchObject({ ok: false, refusal: { code: 'invalid' } });
    expect(changedTables(before, await hashTables(world))).toEqual(['audit_events', 'audit_heads']);
    expect(await actionsOf(world, 'workspace')).toEqual(['request.refused']);
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
      channels: { ...channels, product: ['#nowhere'], support: ['#support', '#no-such'] },
    });
    expect(refused).toMatchObject({
      refusal: {
        code: 'invalid',
        reasons: [
          expect.stringMatching(/QA Lead.*stranger@example\.com/),
          expect.stringMatching(/DevOps Lead.*stranger@example\.com/),
          expect.stringContaining('#nowhere'),
          expect.stringContaining('#no-such'),
        ],
      },
    });
    expect(await world.query('select 1 from releases')).toEqual([]);
  });

  it('where tminus is not in a channel, and says how to invite it', async () => {
    const channel = world.platform.channels.find(({ name }) => name === 'support');
    if (channel) channel.isMember = false;
    expect(await create()).toMatchObject({
      refusal: {
        code: 'invalid',
        reasons: ["I'm not in #support. Invite me with /invite @tminus."],
      },
    });
    expect(await world.query('select 1 from releases')).toEqual([]);
    if (channel) channel.isMember = true;
    expect((await create()).ok).toBe(true);
  });

  it('with a driver and a metrics source that are not configured, before they are needed', async () => {
    const { rollout } = world.plan;
    const refused = await create({ rollout: { ...rollout, driver: 'demoo', metrics: 'prometeus' } });
    expect(refused).toMatchObject({
      refusal: {
        code: 'invalid',
        reasons: [
          'rollout.driver is "demoo", which is not configured; expected one of demo. Did you mean demo?',
          'rollout.metrics is "prometeus", which is not configured; expected one of demo.',
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
    const refused = { ok: false, refusal: { code: 'not-permitted', who: 'rita@example.com' } };
    expect(await mayCreateRelease({ ctx, input: {} })).toMatchObject(refused);
    expect(await createRelease({ ctx, input: { plan: world.plan } })).toMatchObject(refused);
    expect(await actionsOf(world, 'workspace')).toEqual(['request.refused', 'request.refused']);
  });

  it('and says who may, by name as soon as a plan has named them', async () => {
    await planRelease(world);
    const ctx = { ...world.as('nina'), releaseCreators: ['rita@example.com', 'new@example.com'] };
    expect(await mayCreateRelease({ ctx, input: {} })).toMatchObject({
      refusal: { who: 'Rita Moreno, new@example.com' },
    });
  });

  it('after one question to the platform, however many may', async () => {
    const { findPerson } = world.platform;
    const asked: string[] = [];
    world.platform.findPerson = (id) => findPerson(id).finally(() => asked.push(id));
    world.platform.findPersonByEmail = () => Promise.reject(new Error('asked for a creator'));
    const releaseCreators = Array.from({ length: 50 }, (_, index) => `creator-${index}@example.com`);
    const refused = await mayCreateRelease({ ctx: { ...world.as('nina'), releaseCreators }, input: {} });
    expect(refused).toMatchObject({ refusal: { code: 'not-permitted' } });
    expect(asked).toEqual([idOf('nina')]);
  });

  it('to everyone when nobody is configured, and says where that is done', async () => {
    const ctx = { ...world.as('rita'), releaseCreators: [] };
    expect(await mayCreateRelease({ ctx, input: {} })).toMatchObject({
      refusal: { who: expect.stringContaining('releaseCreators') },
    });
  });
});

describe("when the platform can't be asked", () => {
  const limit = new PlatformUnavailableError('Slack asks tminus to wait. Try again in 30 seconds.', 'limit');
  const told = {
    ok: false,
    refusal: {
      code: 'unavailable',
      message: 'Nothing was done: Slack asks tminus to wait. Try again in 30 seconds.',
    },
  };
  it('plans nothing and says so', async () => {
    const { findChannel } = world.platform;
    world.platform.findChannel = () => Promise.reject(limit);
    const before = await hashTables(world);
    expect(await create()).toEqual(told);
    expect(changedTables(before, await hashTables(world))).toEqual(['audit_events', 'audit_heads']);
    expect(await auditOf(world, 'workspace')).toMatchObject([
      { action: 'request.refused', details: { verb: 'release.create', code: 'unavailable' } },
    ]);
    world.platform.findChannel = findChannel;
    expect((await create()).ok).toBe(true);
  });

  it('does not know who may plan either', async () => {
    world.platform.findPerson = () => Promise.reject(limit);
    expect(await create()).toEqual(told);
    expect(await mayCreateRelease({ ctx: world.as('rita'), input: {} })).toEqual(told);
  });

  it('throws what nobody expected', async () => {
    world.platform.findChannel = () => Promise.reject(new TypeError('a defect'));
    await expect(create()).rejects.toThrow('a defect');
  });
});

it('asks for a few people at a time', async () => {
  const { findPersonByEmail } = world.platform;
  let asked = 0;
  let most = 0;
  world.platform.findPersonByEmail = async (email) => {
    asked += 1;
    most = Math.max(most, asked);
    await new Promise(setImmediate);
    asked -= 1;
    return findPersonByEmail(email);
  };
  expect((await create()).ok).toBe(true);
  expect(most).toBe(4);
});

describe('planning is allowed', () => {
  it('without any driver or metrics source, with a word about what it lacks', async () => {
    const adapters = { drivers: [], metrics: [] };
    const ctx = { ...world.as('rita'), adapters };
    expect(await createRelease({ ctx, input: { plan: world.plan } })).toMatchObject({
      ok: true,
      value: { warnings: [expect.stringContaining('No driver "demo"'), expect.stringContaining('gates')] },
    });
    expect(accepted(await create({ release: 'app-1.0' })).warnings).toEqual([]);
  });

  it('to an operator at the server', async () => {
    const ctx = { ...world.services, actor: { kind: 'operator' as const, name: 'root' } };
    expect((await createRelease({ ctx, input: { plan: world.plan } })).ok).toBe(true);
    expect(await mayCreateRelease({ ctx: world.as('rita'), input: {} })).toEqual({ ok: true, value: null });
  });
});

it('says when the clocks skip the time that was chosen', async () => {
  const goLive = { date: '2031-03-30', time: '02:30', zone: 'Europe/Amsterdam' };
  const created = await createRelease({ ctx: world.as('rita'), input: { plan: { ...world.plan, goLive } } });
  expect(accepted(created).warnings).toContain(
    'The clocks skip 2031-03-30 02:30 in Europe/Amsterdam; go-live is the first instant after it, Sun 30 Mar 2031, 03:00 (Europe/Amsterdam).',
  );
});
