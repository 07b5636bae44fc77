import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { pollCard } from '../../../src/bot/cards/poll/poll-card.ts';
import { cancelRelease } from '../../../src/services/lifecycle/cancel-release.ts';
import { goLive, openWorld, type PersonName, type World } from '../../support/test-services.ts';
import {
  accepted,
  actionsOf,
  auditOf,
  openDecision,
  planRelease,
  playUntil,
  pollOf,
  promote,
  releaseAtOnePercent,
  releaseOf,
  voteGo,
} from '../steps.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld();
});
afterEach(() => world.close());

const cancel = (by: PersonName, reason = 'The supplier left.') =>
  cancelRelease({ ctx: world.as(by), input: { releaseKey: null, reason } });
const cancelled = () =>
  world.query<{ destination: string; content: object }>(
    `select destination, content from deliveries where subject = 'cancelled' order by destination`,
  );

describe('a cancelled release', () => {
  it('withholds what waits, closes the open poll and tells once whoever was told', async () => {
    const releaseId = await planRelease(world);
    await playUntil(world, '2030-06-04T13:00:00Z');
    await world.query(`update deliveries set state = 'sent' where subject <> 'customer-communication-draft'`);
    const pollId = await openDecision(world);
    accepted(await cancel('rita'));
    expect((await releaseOf(world, releaseId)).state).toBe('cancelled');
    expect((await cancelled()).map(({ destination }) => destination)).toEqual([
      'slack:channel:C-executives',
      'slack:channel:C-release-deployment',
    ]);
    expect(JSON.stringify(await cancelled())).toContain('The supplier left.');
    const waiting = await world.query(`select 1 from communications where state = 'planned'`);
    const timers = await world.query(
      `select 1 from timers where release_id = $1 and state in ('pending', 'held')`,
      [releaseId],
    );
    expect([waiting, timers]).toEqual([[], []]);
    expect(await voteGo(world, pollId, 'quinn')).toMatchObject({ refusal: { code: 'wrong-state' } });
    const card = pollCard(await releaseOf(world, releaseId), await pollOf(world, releaseId));
    expect(JSON.stringify(card)).toContain('cancelled before a decision');
    const before = (await world.query('select 1 from deliveries')).length;
    await playUntil(world, '2030-07-01T00:00:00Z');
    expect(await world.query('select 1 from deliveries')).toHaveLength(before);
    expect(
      (await auditOf(world, releaseId)).find(({ action }) => action === 'release.cancelled'),
    ).toMatchObject({
      details: { reason: 'The supplier left.' },
    });
  });

  it('is neither promoted nor cancelled again', async () => {
    await planRelease(world);
    accepted(await cancel('bo'));
    world.clock.moveTo(goLive);
    expect((await promote(world)).ok).toBe(false);
    const again = cancelRelease({
      ctx: world.as('rita'),
      input: { releaseKey: 'web-2.4.0', reason: 'Again.' },
    });
    expect(await again).toMatchObject({ refusal: { message: 'web-2.4.0 is already cancelled.' } });
  });

  it('is refused without a reason, to whoever may not, and once traffic has moved', async () => {
    const releaseId = await releaseAtOnePercent(world);
    const isRefused = async () => (await actionsOf(world, releaseId)).at(-1) === 'request.refused';
    expect(await cancel('rita', ' ')).toMatchObject({ refusal: { code: 'invalid' } });
    expect(await cancel('quinn', ' ')).toMatchObject({ refusal: { code: 'not-permitted' } });
    expect(await cancel('rita')).toMatchObject({
      refusal: {
        code: 'wrong-state',
        message: expect.arrayContaining([expect.stringContaining('has begun')]),
      },
    });
    expect(await isRefused()).toBe(true);
  });
});
