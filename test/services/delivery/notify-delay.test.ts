import { afterEach, beforeEach, expect, it } from 'vitest';
import { unnoticedSubjects } from '../../../src/services/delivery/notice.ts';
import { notifyDelay } from '../../../src/services/delivery/notify-delay.ts';
import { asSystem } from '../../../src/services/kernel/context.ts';
import { channel, putMessages } from '../../jobs/outbox.ts';
import { openWorld, type World } from '../../support/test-services.ts';
import { accepted, actionsOf, outboxOf, planRelease } from '../steps.ts';

let world: World;
let releaseId: string;
beforeEach(async () => {
  world = await openWorld();
  releaseId = await planRelease(world);
  await world.query('delete from deliveries');
});
afterEach(() => world.close());

/** Puts messages into the outbox of which the third attempt has failed. */
async function putFailing(...destinations: string[]): Promise<string[]> {
  const ids: string[] = [];
  for (const destination of destinations)
    ids.push(...(await putMessages(world, ['held up'], destination, releaseId)));
  await world.query(`update deliveries set attempts = 3, failing_since = $1, error = 'no answer'`, [
    new Date(world.wall.now),
  ]);
  return ids;
}

async function notify(deliveryId = '', attempts = 3): Promise<boolean> {
  const notified = await notifyDelay({
    ctx: asSystem(world.services),
    input: { deliveryId, releaseId, attempts },
  });
  return accepted(notified).notified;
}

const notices = async () => (await outboxOf(world)).filter((subject) => subject === 'delivery-delayed');

it('happens once when two processes do it at the same moment', async () => {
  const [id] = await putFailing(channel);
  const notified = await Promise.all([notify(id), notify(id)]);
  expect(notified.sort()).toEqual([false, true]);
  expect(await notices()).toHaveLength(1);
  expect((await actionsOf(world, releaseId)).filter((action) => action === 'delivery.delayed')).toHaveLength(
    1,
  );
});

it('is about one message of a release when two are found at the same moment', async () => {
  const ids = await putFailing(channel, 'slack:channel:C-support');
  const notified = await Promise.all(ids.map((id) => notify(id)));
  expect(notified.sort()).toEqual([false, true]);
  expect(await notices()).toHaveLength(1);
});

it('does not happen while another attempt is under way', async () => {
  const [id] = await putFailing(channel);
  await world.query(`update deliveries set state = 'sending', attempts = 4`);
  expect(await notify(id)).toBe(false);
  expect(await notices()).toEqual([]);
});

it.each(['sent', 'failed', 'unknown'])('does not happen for a message that is %s', async (state) => {
  const [id] = await putFailing(channel);
  await world.query('update deliveries set state = $1', [state]);
  expect(await notify(id)).toBe(false);
  expect(await notices()).toEqual([]);
});

it('does not happen for a message that has not failed', async () => {
  const [id] = await putFailing(channel);
  await world.query('update deliveries set failing_since = null');
  expect(await notify(id)).toBe(false);
  expect(await notices()).toEqual([]);
});

it.each(unnoticedSubjects)('does not happen for a notice, or the line below a card (%s)', async (subject) => {
  const [id] = await putFailing(channel);
  await world.query('update deliveries set subject = $1', [subject]);
  expect(await notify(id)).toBe(false);
  expect(await outboxOf(world)).toEqual([subject]);
  expect(await actionsOf(world, releaseId)).not.toContain('delivery.delayed');
});
