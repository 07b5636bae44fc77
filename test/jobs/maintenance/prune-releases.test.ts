import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runCommand } from '../../../src/bot/interactions/run-command.ts';
import { loadSchedule } from '../../../src/db/queries/schedule.ts';
import { pruneReleases } from '../../../src/jobs/maintenance/prune-releases.ts';
import { verifyAudit } from '../../../src/services/audit/verify-audit.ts';
import { unlockProduct } from '../../../src/services/product-lock/unlock-product.ts';
import { rollBackRollout } from '../../../src/services/rollout/roll-back-rollout.ts';
import {
  accepted,
  approvedRelease,
  auditOf,
  playUntil,
  promoteAndConfirm,
  releaseOf,
  rolloutOf,
  runToTheEnd,
  withoutReminders,
} from '../../services/steps.ts';
import { changedTables, hashTables } from '../../services/table-hashes.ts';
import { goLive, openWorld, type World } from '../../support/test-services.ts';
import { drainToTheEnd, putMessages } from '../outbox.ts';

const day = 86_400_000;
const kept = 180 * day;

let world: World;
let releaseId: string;
beforeEach(async () => {
  world = await openWorld();
  releaseId = await approvedRelease(world);
  await withoutReminders(world);
  await playUntil(world, goLive);
  await promoteAndConfirm(world, releaseId);
});
afterEach(() => world.close());

const count = async (table: string, where = 'true') =>
  Number((await world.query<{ count: string }>(`select count(*) from ${table} where ${where}`))[0]?.count);
const sendAll = async () => {
  const open = () =>
    world.query<{ destination: string }>(
      `select distinct destination from deliveries where state in ('pending', 'sending')`,
    );
  for (const { destination } of await open()) await drainToTheEnd(world, { destination });
  expect(await open()).toEqual([]);
};
/** It is rolled back, and everything that is to be said about it is sent. */
const end = async () => {
  const input = { releaseKey: 'web-2.4.0', reason: 'Errors at checkout.' };
  accepted(await rollBackRollout({ ctx: world.as('emil'), input }));
  await runToTheEnd(world, releaseId);
  // Its owner is reminded of the lock until it is ended.
  accepted(await unlockProduct({ ctx: world.as('emil'), input: { releaseKey: null } }));
  await withoutReminders(world);
  const endedAt = world.clock.now();
  await playUntil(world, endedAt + 30 * day);
  await sendAll();
  return endedAt;
};

describe('a release that ended', () => {
  it('loses its old records once they have been kept for long enough, and keeps what is still needed', async () => {
    const endedAt = await end();
    const before = { rollout: await rolloutOf(world, releaseId), release: await releaseOf(world, releaseId) };
    const tables = await hashTables(world);
    world.clock.moveTo(endedAt + kept - 1);
    expect(await pruneReleases(world.jobs)).toBe(0);
    expect(changedTables(tables, await hashTables(world))).toEqual([]);

    world.clock.moveTo(endedAt + kept);
    expect(await pruneReleases(world.jobs)).toBe(1);
    expect(changedTables(tables, await hashTables(world))).toEqual([
      'audit_events',
      'audit_heads',
      'communications',
      'deliveries',
      'delivery_facts',
      'operations',
      'releases',
      'timers',
    ]);
    expect(await count('deliveries')).toBe(0);
    expect(await count('communications')).toBe(0);
    expect(await count('timers')).toBe(0);
    const rollout = await rolloutOf(world, releaseId);
    expect(rollout).toEqual({ ...before.rollout, operations: before.rollout.operations.slice(0, 1) });
    expect(await releaseOf(world, releaseId)).toEqual(before.release);
  });

  it('keeps its audit trail whole, which says what was removed', async () => {
    const endedAt = await end();
    const before = await auditOf(world, releaseId);
    const [messages, communications, timers] = [
      await count('deliveries'),
      await count('communications'),
      await count('timers'),
    ];
    world.clock.moveTo(endedAt + kept);
    await pruneReleases(world.jobs);
    const after = await auditOf(world, releaseId);
    expect(after.slice(0, -1)).toEqual(before);
    expect(after.at(-1)).toMatchObject({
      action: 'release.pruned',
      actor: 'system:retention',
      details: { messages, communications, timers, operations: 1 },
    });
    expect((await verifyAudit(world.services.db, world.services.trailKeys)).broken).toEqual([]);
  });

  it('is pruned once, whoever does it at the same moment, and not again', async () => {
    const endedAt = await end();
    world.clock.moveTo(endedAt + kept);
    await Promise.all([pruneReleases(world.jobs), pruneReleases(world.jobs)]);
    const pruned = (await auditOf(world, releaseId)).filter(({ action }) => action === 'release.pruned');
    expect(pruned).toHaveLength(1);
    expect(await pruneReleases(world.jobs)).toBe(0);
  });

  it('is pruned in small batches', async () => {
    const endedAt = await end();
    await world.query(
      `insert into deliveries (id, release_id, destination, subject, state, created_at)
        select gen_random_uuid(), $1, 'slack:channel:C1', 'many', 'sent', now() from generate_series(1, 700)`,
      [releaseId],
    );
    world.clock.moveTo(endedAt + kept);
    const before = await count('deliveries');
    await pruneReleases(world.jobs);
    expect(before - (await count('deliveries'))).toBe(500);
    await pruneReleases(world.jobs);
    expect(await count('deliveries')).toBe(0);
    expect(await pruneReleases(world.jobs)).toBe(0);
  });

  it('loses later what was written after it was pruned', async () => {
    const endedAt = await end();
    world.clock.moveTo(endedAt + kept);
    await pruneReleases(world.jobs);
    await putMessages(world, ['late'], 'slack:channel:C1', releaseId);
    await sendAll();
    world.clock.moveTo(endedAt + kept + kept - 1);
    await pruneReleases(world.jobs);
    expect(await count('deliveries')).toBe(1);
    world.clock.moveTo(endedAt + kept + kept);
    await pruneReleases(world.jobs);
    expect(await count('deliveries')).toBe(0);
  });

  it('keeps messages that wait, and those of which nobody knows whether they arrived', async () => {
    const endedAt = await end();
    await putMessages(world, ['waits', 'unknown'], 'slack:channel:C1', releaseId);
    await world.query(`update deliveries set state = 'unknown' where subject = 'unknown'`);
    world.clock.moveTo(endedAt + kept);
    await pruneReleases(world.jobs);
    expect(await count('deliveries')).toBe(2);
  });

  it('keeps the newest operation of each target', async () => {
    const endedAt = await end();
    await world.query(`update operations set target = 'other' where kind = 'promote'`);
    world.clock.moveTo(endedAt + kept);
    await pruneReleases(world.jobs);
    expect((await rolloutOf(world, releaseId)).operations.map(({ target }) => target)).toEqual([
      'demo',
      'other',
    ]);
  });

  it('is kept whole when nothing is to be removed', async () => {
    await end();
    world.clock.moveBy(10_000 * day);
    const { settings } = world.jobs;
    const retention = { ...settings.retention, releasesMs: null };
    const before = await hashTables(world);
    await pruneReleases({ ...world.jobs, settings: { ...settings, retention } });
    expect(changedTables(before, await hashTables(world))).toEqual([]);
  });

  it.each([
    ['show', /web-2\.4\.0 is rolled back/],
    ['schedule', /The messages of web-2\.4\.0 are no longer listed: they were removed on/],
    ['status', /all traffic on the previous version/],
  ])('answers "/release %s" all the same', async (word, told) => {
    const endedAt = await end();
    world.clock.moveTo(endedAt + kept);
    await pruneReleases(world.jobs);
    const words = `${word} web-2.4.0`;
    const answer = await runCommand({ ctx: world.as('rita'), name: 'release', words });
    expect(JSON.stringify(answer)).toMatch(told);
  });
});

it('a release under way keeps everything, however old', async () => {
  await sendAll();
  world.clock.moveBy(1_000 * day);
  const before = await hashTables(world);
  expect(await pruneReleases(world.jobs)).toBe(0);
  expect(changedTables(before, await hashTables(world))).toEqual([]);
  expect((await loadSchedule(world.services.db, releaseId)).length).toBeGreaterThan(10);
});

it('messages that are of no release go by their own age', async () => {
  await world.query('delete from deliveries');
  await putMessages(world, ['old', 'young']);
  await sendAll();
  const at = (subject: string, ms: number) =>
    world.query('update deliveries set created_at = $2 where subject = $1', [
      subject,
      new Date(world.clock.now() - ms),
    ]);
  await at('old', kept);
  await at('young', kept - 1);
  await pruneReleases(world.jobs);
  expect(await world.query('select subject from deliveries')).toEqual([{ subject: 'young' }]);
});
