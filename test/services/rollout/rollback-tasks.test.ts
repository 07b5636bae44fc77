import { afterEach, beforeEach, expect, it } from 'vitest';
import { runOperation } from '../../../src/jobs/operations/run-operation.ts';
import { rollBackRollout } from '../../../src/services/rollout/roll-back-rollout.ts';
import { openWorld, type World } from '../../support/test-services.ts';
import { accepted, auditOf, playUntil, releaseAtOnePercent, wordsOfLast } from '../steps.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld();
});
afterEach(() => world.close());

const minute = 60_000;

it('a rollback gives people what there is to do, on three clocks, and reminds them', async () => {
  const releaseId = await releaseAtOnePercent(world);
  const input = { releaseKey: 'web-2.4.0', reason: 'Checkout fails.' };
  accepted(await rollBackRollout({ ctx: world.as('dana'), input }));
  await runOperation(world.jobs, releaseId);
  const at = world.clock.now();
  const rows = await world.query<{ due_at: Date }>(
    `select due_at from tasks where release_id = $1 and kind = 'follow-up' order by due_at`,
    [releaseId],
  );
  const minutes = rows.map(({ due_at }) => (due_at.getTime() - at) / minute);
  expect(minutes).toEqual([30, 240, 1440].flatMap((due) => Array<number>(5).fill(due)));
  const said = (await wordsOfLast(world, 'rollback-tasks')).join('\n');
  expect(said).toContain('- The system is stable: @dana');
  expect(said).toContain('- The root cause is written down: @emil');

  // The product is locked, and still everybody hears of what falls to them.
  await playUntil(world, at + 31 * minute);
  const reminded = (await auditOf(world, releaseId)).filter(
    ({ action, details }) =>
      action === 'tasks.reminded' && JSON.stringify(details.tasks).includes('rollback-'),
  );
  expect(reminded.map(({ details }) => details.to)).toContain('Dana Fischer');
});
