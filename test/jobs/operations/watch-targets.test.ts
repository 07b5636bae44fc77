import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { rolloutHeadline } from '../../../src/bot/cards/parts/rollout-headline.ts';
import type { Card } from '../../../src/core/card/card.ts';
import { cardText } from '../../../src/core/template/card-text.ts';
import { runOperation } from '../../../src/jobs/operations/run-operation.ts';
import { watchTargets } from '../../../src/jobs/operations/watch-targets.ts';
import { asSystem } from '../../../src/services/kernel/context.ts';
import { unlockProduct } from '../../../src/services/product-lock/unlock-product.ts';
import { promoteRollout } from '../../../src/services/rollout/promote-rollout.ts';
import { recordTargetTraffic } from '../../../src/services/rollout/record-target-traffic.ts';
import { rollBackRollout } from '../../../src/services/rollout/roll-back-rollout.ts';
import {
  accepted,
  approvedRelease,
  auditOf,
  outboxOf,
  promote,
  releaseAtOnePercent,
  releaseOf,
  rolloutOf,
  runToTheEnd,
} from '../../services/steps.ts';
import { goLive, openWorld, type World } from '../../support/test-services.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld();
});
afterEach(() => world.close());

const rollBack = async (releaseKey: string | null = null) =>
  rollBackRollout({ ctx: world.as('emil'), input: { releaseKey, reason: 'Errors at checkout.' } });
const headlineOf = async (releaseId: string) =>
  rolloutHeadline(await releaseOf(world, releaseId), await rolloutOf(world, releaseId), world.clock.now());
const shareNotes = async () => {
  const rows = await world.query<{ content: Card }>(
    `select content from deliveries where subject = 'traffic-read' order by seq`,
  );
  return rows.map(({ content }) => cardText(content));
};

describe('after a rollback', () => {
  let releaseId: string;
  beforeEach(async () => {
    releaseId = await releaseAtOnePercent(world);
    accepted(await rollBack());
    await runOperation(world.jobs, releaseId);
  });

  it('a command that reaches the target after the rollback is rolled back too, and told', async () => {
    world.driver.target.weight = 10;
    await watchTargets(world.jobs);
    await runOperation(world.jobs, releaseId);
    expect(world.driver.target.weight).toBe(0);
    expect((await rolloutOf(world, releaseId)).operations[0]).toMatchObject({
      kind: 'rollback',
      state: 'succeeded',
      fromPercent: 10,
      requestedBy: 'system:rollout',
      requestedByName: 'tminus',
    });
    expect((await outboxOf(world)).filter((subject) => subject === 'rollback-succeeded')).toHaveLength(2);
  });

  it.each([
    ['a target that stays rolled back', () => undefined],
    ['a target that can not be read', () => Object.assign(world.driver, { behaviour: 'unreachable' })],
    [
      'another version, which another release deploys',
      () => Object.assign(world.driver.target, { weight: 5, candidateVersion: '2.5.0' }),
    ],
    [
      'a rollback of long ago',
      () => {
        world.driver.target.weight = 10;
        world.wall.now += 10 * 60_000;
      },
    ],
  ])('leaves alone %s', async (_, change) => {
    change();
    await watchTargets(world.jobs);
    expect((await rolloutOf(world, releaseId)).operations).toHaveLength(2);
  });

  it('leaves alone the next release, though it be of the same version', async () => {
    accepted(await unlockProduct({ ctx: world.as('emil'), input: { releaseKey: null } }));
    const next = await approvedRelease(world, {
      release: 'web-2.4.0-again',
      goLive: { ...world.plan.goLive, date: '2030-06-20' },
    });
    world.clock.moveTo('2030-06-20T08:00:00Z');
    const input = { releaseKey: 'web-2.4.0-again', target: 'next' as const };
    accepted(await promoteRollout({ ctx: world.as('dana'), input }));
    await runToTheEnd(world, next);
    expect(world.driver.target.weight).toBe(1);
    await watchTargets(world.jobs);
    expect((await rolloutOf(world, releaseId)).operations).toHaveLength(2);
    expect(await shareNotes()).toEqual([]);
  });

  it('counts the time from the end of the rollback, which may have needed many attempts', async () => {
    const minute = 60_000;
    await world.query(`update operations set requested_wall = requested_wall - interval '4 minutes',
    requested_at = requested_at - interval '4 minutes' where kind = 'rollback'`);
    world.wall.now += 4 * minute;
    world.driver.target.weight = 10;
    await watchTargets(world.jobs);
    expect((await rolloutOf(world, releaseId)).operations).toHaveLength(3);
  });

  it('withholds what waited for the success that can no longer come', async () => {
    const rows = await world.query(
      `select state, note from communications where key = 'success-confirmation'`,
    );
    expect(rows).toEqual([{ state: 'withheld', note: 'Not sent: the release was rolled back.' }]);
  });

  it('a repeat that fails is told as it is, watched on, and can be asked for again', async () => {
    world.driver.target.weight = 10;
    await watchTargets(world.jobs);
    world.driver.behaviour = 'refusing';
    await runToTheEnd(world, releaseId);
    expect((await rolloutOf(world, releaseId)).operations[0]).toMatchObject({
      state: 'failed',
      observedPercent: 10,
    });
    expect(await headlineOf(releaseId)).toBe('rolled back, but 10 % of traffic is on the new version again');
    world.driver.behaviour = 'sound';
    accepted(await rollBack('web-2.4.0'));
    await runToTheEnd(world, releaseId);
    expect(world.driver.target.weight).toBe(0);
    expect(await headlineOf(releaseId)).toBe('rolled back, all traffic on the previous version');
    expect(await rollBack('web-2.4.0')).toMatchObject({ ok: false, refusal: { code: 'wrong-state' } });
  });

  it('a repeat that failed is repeated', async () => {
    world.driver.target.weight = 10;
    await watchTargets(world.jobs);
    world.driver.behaviour = 'refusing';
    await runToTheEnd(world, releaseId);
    world.driver.behaviour = 'sound';
    await watchTargets(world.jobs);
    await runToTheEnd(world, releaseId);
    expect(world.driver.target.weight).toBe(0);
  });
});

describe('after a promotion that failed', () => {
  let releaseId: string;
  beforeEach(async () => {
    releaseId = await approvedRelease(world);
    world.clock.moveTo(goLive);
    accepted(await promote(world));
    world.driver.behaviour = 'refusing';
    await runToTheEnd(world, releaseId);
    world.driver.behaviour = 'sound';
  });

  it('its late command is written down and told', async () => {
    await watchTargets(world.jobs);
    expect(await shareNotes()).toEqual([]);
    world.driver.target.weight = 1;
    await watchTargets(world.jobs);
    await watchTargets(world.jobs);
    expect(await headlineOf(releaseId)).toBe('1 % of traffic');
    expect(await shareNotes()).toEqual([
      'web-2.4.0: the live system shows 1 % on the new version. The last share announced was 0 %. "promote" and "rollback" continue from there.',
    ]);
    expect((await auditOf(world, releaseId)).at(-1)).toMatchObject({
      action: 'rollout.traffic-read',
      details: { announced: 0, observedPercent: 1 },
    });
  });

  it('nothing is told of a target that another version has by now', async () => {
    Object.assign(world.driver.target, { weight: 5, candidateVersion: '2.5.0' });
    await watchTargets(world.jobs);
    expect(await shareNotes()).toEqual([]);
  });

  it('a reading from before a later operation is worth nothing', async () => {
    const { operations } = await rolloutOf(world, releaseId);
    const operationId = operations[0]?.id ?? '';
    accepted(await promote(world));
    await runToTheEnd(world, releaseId);
    const input = { releaseId, operationId, observedPercent: 0 };
    const recorded = await recordTargetTraffic({ ctx: asSystem(world.jobs, 'rollout'), input });
    expect(accepted(recorded)).toEqual({ recorded: false });
    expect(await headlineOf(releaseId)).toBe('1 % of traffic');
  });
});

it('a weight that could not be read is read later', async () => {
  const releaseId = await approvedRelease(world);
  world.clock.moveTo(goLive);
  accepted(await promote(world));
  world.driver.behaviour = 'unreachable';
  await runToTheEnd(world, releaseId);
  expect(await headlineOf(releaseId)).toBe('share of traffic not known');
  world.driver.behaviour = 'sound';
  await watchTargets(world.jobs);
  expect(await headlineOf(releaseId)).toBe('ready to promote, no traffic yet');
  expect(await shareNotes()).toEqual([
    'web-2.4.0: the live system shows 0 % on the new version. The share was not known until now. "promote" and "rollback" continue from there.',
  ]);
});
