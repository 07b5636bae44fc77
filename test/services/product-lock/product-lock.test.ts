import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runOperation } from '../../../src/jobs/operations/run-operation.ts';
import { rescheduleRelease } from '../../../src/services/lifecycle/reschedule-release.ts';
import { lockProduct, prepareLock } from '../../../src/services/product-lock/lock-product.ts';
import { unlockProduct } from '../../../src/services/product-lock/unlock-product.ts';
import { createRelease } from '../../../src/services/release/create-release.ts';
import { rollBackRollout } from '../../../src/services/rollout/roll-back-rollout.ts';
import { goLive, openWorld, personIdOf, type World } from '../../support/test-services.ts';
import {
  accepted,
  actionsOf,
  approvedRelease,
  inWords,
  openDecision,
  planRelease,
  playUntil,
  promote,
  releaseAtOnePercent,
  releaseOf,
  wordsOfLast,
} from '../steps.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld();
});
afterEach(() => world.close());

const day = 24 * 3_600_000;
const asked = { releaseKey: null };

/** The example release, rolled back at one percent. */
async function rolledBack(): Promise<string> {
  const releaseId = await releaseAtOnePercent(world);
  const input = { releaseKey: world.plan.release, reason: 'Checkout fails.' };
  accepted(await rollBackRollout({ ctx: world.as('dana'), input }));
  await runOperation(world.jobs, releaseId);
  return releaseId;
}

const nextPlan = () => ({
  ...world.plan,
  release: 'web-2.4.1',
  version: '2.4.1',
  goLive: { ...world.plan.goLive, date: '2030-07-09' },
});
const planNext = () => createRelease({ ctx: world.as('rita'), input: { plan: nextPlan() } });
const locks = () =>
  world.query<{ reason: string; owner_name: string; ended_by_name: string | null }>(
    'select reason, owner_name, ended_by_name from product_locks order by locked_at',
  );
const lock = (changes: { reason?: string; ownerId?: string } = {}) =>
  lockProduct({
    ctx: world.as('dana'),
    input: {
      releaseKey: world.plan.release,
      reason: 'Fix the checkout first.',
      ownerId: personIdOf('emil'),
      ...changes,
    },
  });

describe('a rollback', () => {
  it('locks the product, for whoever looks for the cause', async () => {
    const releaseId = await rolledBack();
    expect(await locks()).toEqual([
      { reason: 'web-2.4.0 was rolled back: Checkout fails.', owner_name: 'Emil Novak', ended_by_name: null },
    ]);
    expect(await actionsOf(world, releaseId)).toContain('product.locked');
    expect((await wordsOfLast(world, 'product-locked')).join('\n')).toContain('"release unlock web-2.4.0"');
  });

  it('lets nothing of the product be planned until it is unlocked', async () => {
    await rolledBack();
    expect(inWords(await planNext())).toMatchObject({
      refusal: {
        code: 'conditions-unmet',
        message: expect.stringMatching(
          /^Web shop has been locked since .*: web-2.4.0 was rolled back: Checkout fails\. Who owns the lock: Emil Novak\. .*"release unlock web-2.4.0"/,
        ),
      },
    });
    accepted(await unlockProduct({ ctx: world.as('emil'), input: asked }));
    accepted(await planNext());
    expect(await locks()).toMatchObject([{ ended_by_name: 'Emil Novak' }]);
  });

  it('has the owner reminded each day, as long as it is locked', async () => {
    const releaseId = await rolledBack();
    const reminders = async () =>
      (await actionsOf(world, releaseId)).filter((action) => action === 'product.lock-reminded').length;
    await playUntil(world, world.clock.now() + 2 * day + 60_000);
    expect(await reminders()).toBe(2);
    accepted(await unlockProduct({ ctx: world.as('emil'), input: asked }));
    await playUntil(world, world.clock.now() + 2 * day);
    expect(await reminders()).toBe(2);
  });
});

describe('a lock by hand', () => {
  it('holds promotions, and says so with owner and reason', async () => {
    await approvedRelease(world);
    world.clock.moveTo(goLive);
    accepted(await lock());
    expect(inWords(await promote(world))).toMatchObject({
      refusal: {
        message: "web-2.4.0 can't be promoted now.",
        reasons: [expect.stringContaining('Who owns the lock: Emil Novak.')],
      },
    });
    accepted(await unlockProduct({ ctx: world.as('dana'), input: asked }));
    accepted(await promote(world));
  });

  it('keeps go-live from being moved', async () => {
    const releaseId = await planRelease(world);
    accepted(await lock());
    const { goLiveAt } = await releaseOf(world, releaseId);
    const input = {
      releaseKey: 'web-2.4.0',
      date: '2030-06-25',
      time: '10:00',
      reason: 'Later.',
      from: goLiveAt,
    };
    expect(inWords(await rescheduleRelease({ ctx: world.as('rita'), input }))).toMatchObject({
      refusal: { message: expect.stringContaining('has been locked since') },
    });
    expect((await releaseOf(world, releaseId)).goLiveAt).toBe(goLiveAt);
  });

  it('gets another reason and owner, and is one all along', async () => {
    await planRelease(world);
    accepted(await lock());
    expect(inWords(await lock())).toMatchObject({ refusal: { code: 'wrong-state' } });
    const changed = accepted(await lock({ reason: 'Wait for the vendor.', ownerId: personIdOf('dana') }));
    expect(changed).toMatchObject({ ownerName: 'Dana Fischer', isNew: false });
    expect(await locks()).toEqual([
      { reason: 'Wait for the vendor.', owner_name: 'Dana Fischer', ended_by_name: null },
    ]);
    const shown = accepted(await prepareLock({ ctx: world.as('emil'), input: asked }));
    expect(shown.lock).toMatchObject({ reason: 'Wait for the vendor.', ownerId: personIdOf('dana') });
    expect(inWords(await lock({ ownerId: 'nobody' }))).toMatchObject({ refusal: { field: 'owner' } });
  });

  it('has nobody reminded of votes but the owner', async () => {
    const releaseId = await planRelease(world);
    accepted(await lock());
    await openDecision(world);
    await playUntil(world, world.clock.now() + 2 * day);
    const events = await world.query<{ name: string }>(
      `select body::jsonb -> 'details' ->> 'name' as name from audit_events
        where chain = $1 and body::jsonb ->> 'action' = 'voter.reminded'`,
      [releaseId],
    );
    expect(new Set(events.map(({ name }) => name))).toEqual(new Set(['Emil Novak']));
    const reminded = await world.query<{ to: string }>(
      `select body::jsonb -> 'details' ->> 'to' as to from audit_events
        where chain = $1 and body::jsonb ->> 'action' = 'tasks.reminded'`,
      [releaseId],
    );
    expect(reminded.filter(({ to }) => to !== 'Emil Novak')).toEqual([]);
  });

  it('is ended once', async () => {
    await planRelease(world);
    accepted(await lock());
    accepted(await unlockProduct({ ctx: world.as('dana'), input: asked }));
    const again = { releaseKey: 'web-2.4.0' };
    expect(inWords(await unlockProduct({ ctx: world.as('dana'), input: again }))).toMatchObject({
      refusal: { message: 'Web shop is not locked.' },
    });
  });
});
