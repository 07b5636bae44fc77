import { afterEach, beforeEach, expect, it } from 'vitest';
import { runOperation } from '../../src/jobs/run-operation.ts';
import { watchRollbacks } from '../../src/jobs/watch-rollbacks.ts';
import { rollBackRollout } from '../../src/services/rollout/roll-back-rollout.ts';
import { accepted, outboxOf, releaseAtOnePercent, rolloutOf } from '../services/steps.ts';
import { openWorld, type World } from '../support/test-services.ts';

let world: World;
let releaseId: string;
beforeEach(async () => {
  world = await openWorld();
  releaseId = await releaseAtOnePercent(world);
  const input = { releaseKey: null, reason: 'Errors at checkout.' };
  accepted(await rollBackRollout({ ctx: world.as('emil'), input }));
  await runOperation(world.jobs, releaseId);
});
afterEach(() => world.close());

it('a command that reaches the target after the rollback is rolled back too, and told', async () => {
  world.driver.target.share = 10;
  await watchRollbacks(world.jobs);
  await runOperation(world.jobs, releaseId);
  expect(world.driver.target.share).toBe(0);
  expect((await rolloutOf(world, releaseId)).operations[0]).toMatchObject({
    kind: 'rollback',
    state: 'succeeded',
    fromShare: 10,
    requestedBy: 'system:rollout',
  });
  expect((await outboxOf(world)).filter((subject) => subject === 'rollback-succeeded')).toHaveLength(2);
});

it.each([
  ['a target that stays rolled back', () => undefined],
  ['a target that can not be read', () => Object.assign(world.driver, { behaviour: 'unreachable' })],
  [
    'another version, which another release deploys',
    () => Object.assign(world.driver.target, { share: 5, candidateVersion: '2.5.0' }),
  ],
  [
    'a rollback of long ago',
    () => {
      world.driver.target.share = 10;
      world.wall.now += 10 * 60_000;
    },
  ],
])('leaves alone %s', async (_, change) => {
  change();
  await watchRollbacks(world.jobs);
  expect((await rolloutOf(world, releaseId)).operations).toHaveLength(2);
});

it('counts the time from the end of the rollback, which may have needed many attempts', async () => {
  const minute = 60_000;
  await world.query(`update operations set requested_wall = requested_wall - interval '4 minutes',
    requested_at = requested_at - interval '4 minutes' where kind = 'rollback'`);
  world.wall.now += 4 * minute;
  world.driver.target.share = 10;
  await watchRollbacks(world.jobs);
  expect((await rolloutOf(world, releaseId)).operations).toHaveLength(3);
});

it('withholds what waited for the success that can no longer come', async () => {
  const rows = await world.query(`select state, note from communications where key = 'success-confirmation'`);
  expect(rows).toEqual([{ state: 'withheld', note: 'Not sent: the release was rolled back.' }]);
});
