import { afterEach, beforeEach, expect, it } from 'vitest';
import { runAction } from '../../../src/bot/interactions/run-action.ts';
import { runCommand } from '../../../src/bot/interactions/run-command.ts';
import { verifyAudit } from '../../../src/services/audit/verify-audit.ts';
import { failDelivery } from '../../../src/services/delivery/fail-delivery.ts';
import { settleDelivery } from '../../../src/services/delivery/settle-delivery.ts';
import { breakFreeze } from '../../../src/services/freeze/break-freeze.ts';
import { requestFreeze } from '../../../src/services/freeze/request-freeze.ts';
import { asSystem } from '../../../src/services/kernel/context.ts';
import { rescheduleRelease } from '../../../src/services/lifecycle/reschedule-release.ts';
import { reassignRole } from '../../../src/services/release/reassign-role.ts';
import { markTaskDone, reopenTask } from '../../../src/services/tasks/settle-task.ts';
import { identityOf, openWorld, type PersonName, type World } from '../../support/test-services.ts';
import { announcedAt, approve, planAnnounced } from '../approval/draft-steps.ts';
import { accepted, approvedRelease, playUntil, releaseOf } from '../steps.ts';
import { tamper } from './tampering.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld();
});
afterEach(() => world.close());

async function found(): Promise<string[]> {
  const { broken } = await verifyAudit(world.services.db, world.services.trailKeys);
  return broken
    .filter(({ chain }) => chain !== 'checkpoints')
    .map(({ chain, problem }) => `${chain}: ${problem}`);
}

const freeze = async (words: string, person: PersonName = 'rita') =>
  JSON.stringify(await runCommand({ ctx: world.as(person), name: 'release', words: `freeze ${words}` }));

it('freezes are as they were added, agreed to, ended and let through', async () => {
  await approvedRelease(world);
  await freeze('add "Audit" from 2030-06-17 18:00 until 2030-06-20 06:00');
  await freeze('add "Weekend" from Friday 16:00 until Monday 08:00');
  await freeze('end Weekend');
  const until = Date.parse('2030-06-19T10:00:00Z');
  accepted(
    await breakFreeze({
      ctx: world.as('emil'),
      input: { releaseKey: 'web-2.4.0', reason: 'A fix.', until },
    }),
  );
  expect(await found()).toEqual([]);
  const changes: [string, RegExp][] = [
    [
      `update freezes set ended_at = '2030-06-01' where name = 'Audit'`,
      /the freeze \S+: endedAt is "2030-06-01/,
    ],
    [
      `update freezes set ended_at = null where name = 'Weekend'`,
      /the freeze \S+: endedAt is null, the trail says/,
    ],
    [
      `update freezes set times = jsonb_set(times, '{until,date}', '"2030-06-18"') where name = 'Audit'`,
      /the freeze \S+: times is .*2030-06-18/,
    ],
    [`update freezes set "except" = '["hotfix"]' where name = 'Audit'`, /the freeze \S+: except is/],
    [`delete from freezes where name = 'Audit'`, /the freeze \S+ is in the trail, and its row is gone/],
    [`update freeze_breaks set until = '2030-12-01'`, /the break of a freeze at \S+: until is "2030-12-01/],
  ];
  for (const [change, named] of changes) {
    await tamper(world, change);
    expect((await found()).join('\n'), change).toMatch(named);
  }
});

it('a freeze at once is as two people asked for it and agreed', async () => {
  await approvedRelease(world);
  const asked = await requestFreeze({
    ctx: world.as('dana'),
    input: { reason: 'An incident.', until: Date.parse('2030-06-04T10:00:00Z') },
  });
  const [request] = await world.query<{ id: string }>('select id from requests');
  accepted(asked);
  await runAction({ ctx: world.as('emil'), name: 'approve-request', value: { requestId: request?.id } });
  expect(await found()).toEqual([]);
  await tamper(world, `update freezes set ended_at = now()`);
  await tamper(world, `update requests set input = jsonb_set(input, '{reason}', '"Another."')`);
  const said = (await found()).join('\n');
  expect(said).toMatch(/^workspace: the freeze \S+: endedAt is/m);
  expect(said).toMatch(
    /^workspace: the request for a second person \S+: input is .*"Another.".*, the trail says .*"An incident."/m,
  );
});

it('what customers were sent is what was approved', async () => {
  const releaseId = await planAnnounced(world);
  accepted(await approve(world, releaseId));
  await playUntil(world, announcedAt);
  await playUntil(world, '2030-06-11T13:01:00Z');
  expect(await found()).toEqual([]);
  await tamper(
    world,
    `update deliveries set content = jsonb_set(content, '{summary}', '"Nothing will change."')
      where subject = 'customer-announcement'`,
  );
  expect((await found()).join('\n')).toMatch(/what customers read of the message \S+: wording is/);
});

it('a delivery that was given up, or settled, is as the trail says', async () => {
  await approvedRelease(world);
  const [row] = await world.query<{ id: string }>(
    `update deliveries set state = 'sending', attempts = 1 where seq = (select min(seq) from deliveries) returning id`,
  );
  const deliveryId = row?.id ?? '';
  accepted(
    await failDelivery({
      ctx: asSystem(world.services),
      input: { deliveryId, attempts: 1, reason: 'archived' },
    }),
  );
  expect(await found()).toEqual([]);
  await tamper(world, `update deliveries set state = 'sent', error = null where id = '${deliveryId}'`);
  expect((await found()).join('\n')).toMatch(/the delivery \S+: state is "sent", the trail says "failed"/);
  await tamper(
    world,
    `update deliveries set state = 'failed', error = 'archived' where id = '${deliveryId}'`,
  );
  accepted(await settleDelivery({ ctx: world.as('rita'), input: { deliveryId, arrived: false } }));
  expect(await found()).toEqual([]);
});

it('a task keeps the evidence with which it was ticked', async () => {
  await approvedRelease(world);
  const [task] = await world.query<{ id: string }>(
    `select id from tasks where settled_by = 'people' and state = 'open' limit 1`,
  );
  const input = { taskId: task?.id ?? '' };
  accepted(
    await markTaskDone({ ctx: world.as('rita'), input: { ...input, evidence: 'https://example.com/run/7' } }),
  );
  expect(await found()).toEqual([]);
  await tamper(world, `update tasks set evidence = 'https://example.com/run/8' where evidence is not null`);
  expect((await found()).join('\n')).toMatch(
    /the settled task \S+: evidence is "https:\/\/example.com\/run\/8"/,
  );
  accepted(await reopenTask({ ctx: world.as('rita'), input }));
  expect(await found()).toEqual([]);
});

it('stays intact through a new holder, and a go-live that is moved back and forth', async () => {
  const releaseId = await approvedRelease(world);
  accepted(
    await reassignRole({
      ctx: world.as('rita'),
      input: { releaseKey: 'web-2.4.0', role: 'qa_lead', person: { identity: identityOf('nina') } },
    }),
  );
  await playUntil(world, '2030-06-12T10:00:00Z');
  const goLiveNow = async () => (await releaseOf(world, releaseId)).goLiveAt;
  const move = async (date: string) =>
    rescheduleRelease({
      ctx: world.as('rita'),
      input: { releaseKey: 'web-2.4.0', date, time: '10:00', reason: 'So.', from: await goLiveNow() },
    });
  accepted(await move('2030-06-13'));
  accepted(await move('2030-07-18'));
  await playUntil(world, '2030-06-14T10:00:00Z');
  const planned = await world.query(
    `select from audit_events where body like '{"action":"communication.planned"%'`,
  );
  expect(planned.length).toBeGreaterThan(0);
  expect(await found()).toEqual([]);
});
