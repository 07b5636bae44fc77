import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runCommand } from '../../../src/bot/interactions/run-command.ts';
import { appendAuditEvents } from '../../../src/db/queries/append-audit-events.ts';
import { findTasks, type Task } from '../../../src/db/queries/tasks.ts';
import { withTransaction } from '../../../src/db/with-transaction.ts';
import { forecastOf } from '../../../src/services/forecast/forecast-of.ts';
import { goLive, openWorld, type World } from '../../support/test-services.ts';
import { planRelease, releaseOf } from '../steps.ts';

let world: World;
let releaseId: string;
let task: Task;
const day = 86_400_000;

beforeEach(async () => {
  world = await openWorld();
  releaseId = await planRelease(world);
  world.clock.moveTo(Date.parse(goLive) - 5 * day);
  const due = await findTasks(world.services.db, [releaseId]);
  const [first] = due.filter(({ settledBy, dueAt }) => settledBy === 'people' && dueAt <= world.clock.now());
  if (!first) throw new Error('something is due five days before go-live');
  task = first;
  // Whatever else is due is done.
  await world.query(`update tasks set state = 'done', settled_at = $1 where key <> $2`, [
    new Date(0),
    task.key,
  ]);
});
afterEach(() => world.close());

/** An earlier release of the product: whether it went live on its day, and whether the task was late in it. */
async function addPast(
  index: number,
  { held, late }: { held: boolean; late: boolean },
  product = 'Web shop',
) {
  const id = world.services.newId();
  const at = Date.parse('2029-01-16T09:00:00Z') + index * 7 * day;
  const plan = { ...world.plan, product, release: `web-1.${index}` };
  const iso = (instant: number) => new Date(instant).toISOString();
  await world.query(
    `insert into releases (id, key, state, plan, go_live_at, created_at, created_by, ended_at)
      values ($1, $2, 'completed', $3, $4, $5, 'slack:U0RITA', $4)`,
    [id, plan.release, JSON.stringify(plan), new Date(at), new Date(at - 60 * day)],
  );
  const own = { id: world.services.newId(), releaseId: id, dueAt: at - (Date.parse(goLive) - task.dueAt) };
  await world.query(
    `insert into tasks select (jsonb_populate_record(t, jsonb_build_object('id', $1::text, 'release_id', $2::text,
      'due_at', $3::text, 'settled_at', $4::text, 'state', 'done'))).* from tasks t where t.id = $5`,
    [own.id, own.releaseId, iso(own.dueAt), iso(late ? at - day : own.dueAt - day), task.id],
  );
  const event = (action: string, instant: number, details: { [key: string]: string }) => ({
    chain: id,
    body: { action, at: iso(instant), actor: 'slack:U0RITA', details },
  });
  const events = [
    event('release.created', at - 60 * day, { goLiveAt: iso(at) }),
    ...(held ? [] : [event('release.rescheduled', at - 2 * day, { from: iso(at), to: iso(at + 7 * day) })]),
    event('release.moved', held ? at : at + 7 * day, { from: 'approved', to: 'in_progress' }),
  ];
  await withTransaction(world.services.db, (tx) =>
    appendAuditEvents(tx, events, world.services.trailKeys.signer),
  );
}

/** Of twelve releases, the four in which the task was late did not hold. */
async function addHistory(count = 12): Promise<void> {
  for (let index = 0; index < count; index += 1)
    await addPast(index, { held: index % 3 !== 0, late: index % 3 === 0 });
}

const forecast = async () =>
  forecastOf(world.services.db, await releaseOf(world, releaseId), world.clock.now());

describe('whether go-live will hold', () => {
  it('is told by what was late at the same time in earlier releases of the product', async () => {
    await addHistory();
    const made = await forecast();
    expect(made).toMatchObject({
      ...{ releases: 12, held: 8, product: 'Web shop' },
      costliest: { item: `task:${task.key}` },
      costliestTitle: task.title,
    });
    expect(made?.chance).toBeLessThan(0.5);
    expect(made?.costliest?.chanceWithout).toBeGreaterThan(0.75);
  });

  it('rises once what was late is done', async () => {
    await addHistory();
    const before = (await forecast())?.chance ?? 1;
    await world.query(`update tasks set state = 'done', settled_at = $1 where id = $2`, [
      new Date(world.clock.now() - 1),
      task.id,
    ]);
    const after = await forecast();
    expect(after?.chance).toBeGreaterThan(before);
    expect(after?.costliest).toBeNull();
  });

  it('is not told by fewer than ten releases, nor by those of another product', async () => {
    await addHistory(9);
    for (let index = 20; index < 30; index += 1) await addPast(index, { held: true, late: false }, 'Till');
    expect(await forecast()).toBeNull();
  });

  it('is not told any more once go-live has come', async () => {
    await addHistory();
    world.clock.moveTo(goLive);
    expect(await forecast()).toBeNull();
  });

  it('is on the screen that tells whether a release is ready', async () => {
    await addHistory();
    const answer = await runCommand({ ctx: world.as('rita'), name: 'release', words: 'readiness' });
    const words = JSON.stringify(answer);
    expect(words).toMatch(
      / holds: \d+ %\. This rests on 12 earlier releases of Web shop; 8 of them went live/,
    );
    expect(words).toContain(`“${task.title}” is late`);
  });
});
