import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { decodeDestination } from '../../../src/core/address/destination.ts';
import { settleDelivery } from '../../../src/services/delivery/settle-delivery.ts';
import { channel, putMessages } from '../../jobs/outbox.ts';
import { idOf, openWorld, type PersonName, type World } from '../../support/test-services.ts';
import { auditOf, planRelease } from '../steps.ts';

let world: World;
let releaseId: string;
let deliveryId: string;
beforeEach(async () => {
  world = await openWorld();
  releaseId = await planRelease(world);
  await world.query('delete from deliveries');
  [deliveryId = ''] = await putMessages(world, ['one'], channel, releaseId);
  await world.query(`update deliveries set state = 'unknown', error = 'no answer', attempts = 3`);
  world.workItems.length = 0;
});
afterEach(() => world.close());

const settle = (arrived: boolean, { person = 'rita', key }: { person?: PersonName; key?: string } = {}) =>
  settleDelivery({ ctx: world.as(person, key), input: { deliveryId, arrived } });
const row = async () => (await world.query('select state, error, sent_at from deliveries'))[0];
const settled = async () =>
  (await auditOf(world, releaseId)).filter(({ action }) => action === 'delivery.settled');

describe('a message of which nobody knows', () => {
  it('arrived, when the release manager says so', async () => {
    expect(await settle(true)).toEqual({
      ok: true,
      value: { releaseKey: 'web-2.4.0', place: '#release-deployment', arrived: true, isReplaced: false },
    });
    expect(await row()).toEqual({ state: 'sent', error: null, sent_at: new Date(world.wall.now) });
    expect(world.workItems).toEqual([]);
    expect(await settled()).toMatchObject([
      { subject: deliveryId, details: { destination: channel, message: 'one', arrived: true } },
    ]);
  });

  it('is sent again when the release manager says so', async () => {
    await settle(false);
    expect(await row()).toMatchObject({ state: 'pending', sent_at: null });
    expect(world.workItems).toEqual([{ job: 'delivery', destination: decodeDestination(channel) }]);
    expect(await settled()).toMatchObject([{ details: { arrived: false } }]);
  });

  it('is settled once, however often and by whichever button it is asked for', async () => {
    await Promise.all([settle(false), settle(true), settle(false)]);
    expect(await settled()).toHaveLength(1);
    expect(await settle(false)).toMatchObject({
      ok: false,
      refusal: { code: 'wrong-state', message: 'That message is already settled.' },
    });
  });

  it('gives a repeat the first answer', async () => {
    const first = await settle(false, { key: 'click' });
    expect(await settle(false, { key: 'click' })).toEqual(first);
    expect(await settled()).toHaveLength(1);
  });

  it.each(['dana', 'nina'] as const)('is not for %s to settle', async (person) => {
    expect(await settle(true, { person })).toMatchObject({
      ok: false,
      refusal: { code: 'not-permitted', who: 'Rita Moreno (Release Manager)' },
    });
    expect(await row()).toMatchObject({ state: 'unknown' });
  });

  describe('while neither the release manager nor their backup can be reached', () => {
    beforeEach(async () => {
      await world.query('update identities set unreachable_since = now() where platform_id = any($1)', [
        [idOf('rita'), idOf('emil')],
      ]);
    });

    it('is settled by the business sponsor', async () => {
      expect(await settle(false, { person: 'bo' })).toMatchObject({ ok: true });
      expect(await row()).toMatchObject({ state: 'pending' });
    });

    it('is settled by whoever may plan releases', async () => {
      const ctx = { ...world.as('nina'), releaseCreators: ['nina@example.com'] };
      expect(await settleDelivery({ ctx, input: { deliveryId, arrived: true } })).toMatchObject({ ok: true });
    });

    it('is for nobody else to settle, who is told who can', async () => {
      expect(await settle(false, { person: 'dana' })).toMatchObject({
        refusal: {
          code: 'not-permitted',
          who: "Bo Lindqvist (Business Sponsor). Rita Moreno (Release Manager) can't be reached",
        },
      });
    });
  });

  it('is not for whoever may plan releases while the release manager is there', async () => {
    const ctx = { ...world.as('nina'), releaseCreators: ['nina@example.com'] };
    const refused = await settleDelivery({ ctx, input: { deliveryId, arrived: true } });
    expect(refused).toMatchObject({ refusal: { code: 'not-permitted' } });
  });
});

it('a message that was given up is sent again once, and can not be said to have arrived', async () => {
  await world.query(`update deliveries set state = 'failed'`);
  expect(await settle(true)).toMatchObject({ ok: false, refusal: { code: 'wrong-state' } });
  expect(await settle(false)).toMatchObject({ ok: true, value: { arrived: false } });
  expect(await row()).toMatchObject({ state: 'pending' });
  expect(await settle(false)).toMatchObject({ ok: false, refusal: { code: 'wrong-state' } });
});

it.each(['pending', 'sending', 'sent'])('a message that is %s is left as it is', async (state) => {
  await world.query('update deliveries set state = $1', [state]);
  expect(await settle(false)).toMatchObject({ ok: false, refusal: { code: 'wrong-state' } });
  expect(await row()).toMatchObject({ state });
});

it('a message that is not known is refused', async () => {
  deliveryId = crypto.randomUUID();
  expect(await settle(true)).toMatchObject({ ok: false, refusal: { code: 'not-found' } });
});
