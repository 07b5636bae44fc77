import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { finishLateRequests } from '../../../src/jobs/requests/finish-late-requests.ts';
import {
  createLateRequests,
  type LateRequests,
  type LeftRequest,
} from '../../../src/services/kernel/late-requests.ts';
import { openWorld, type World } from '../../support/test-services.ts';

let world: World;
/** Of the process that acknowledged, and of the one that looks after it. */
let ended: LateRequests;
let alive: LateRequests;
let repeated: string[];
beforeEach(async () => {
  world = await openWorld();
  ended = createLateRequests(world.services);
  alive = createLateRequests(world.services);
  repeated = [];
});
afterEach(async () => {
  ended.stop();
  alive.stop();
  await world.close();
});

const keep = (key: string) => ended.keep({ key, kind: 'action', payload: '{}' });
const finish = (repeat: (request: LeftRequest) => Promise<boolean> = async () => true) =>
  finishLateRequests({
    ...world.jobs,
    late: {
      requests: alive,
      repeat: (request) => {
        repeated.push(request.key);
        return repeat(request);
      },
    },
  });
const kept = async () =>
  (await world.query<{ key: string }>('select key from late_requests order by key')).map(({ key }) => key);

describe('requests that were acknowledged without their answer', () => {
  it('belong to the process that works on them while it lives', async () => {
    await keep('first');
    world.wall.now += 9_999;
    await finish();
    expect(repeated).toEqual([]);
  });

  it('are finished once that has ended, the oldest first', async () => {
    for (const key of ['first', 'second', 'a third']) {
      await keep(key);
      world.wall.now += 1_000;
    }
    world.wall.now += 10_000;
    await finish();
    expect(repeated).toEqual(['first', 'second', 'a third']);
    expect(await kept()).toEqual([]);
  });

  it('are taken up by one process only', async () => {
    await keep('first');
    world.wall.now += 10_000;
    const taken = await Promise.all(
      Array.from({ length: 4 }, () => createLateRequests(world.services).takeUp()),
    );
    expect(taken.filter((request) => request !== null)).toHaveLength(1);
  });

  it('are kept once, however often they are delivered', async () => {
    await Promise.all([keep('first'), alive.keep({ key: 'first', kind: 'action', payload: '{"other":1}' })]);
    expect(await kept()).toEqual(['first']);
  });

  it('do not keep each other when one fails, and are tried again', async () => {
    await keep('first');
    world.wall.now += 1;
    await keep('second');
    world.wall.now += 10_000;
    await finish(async ({ key }) => {
      if (key === 'first') throw new Error('unforeseen');
      return true;
    });
    expect(repeated).toEqual(['first', 'second']);
    expect(await kept()).toEqual(['first']);
    world.wall.now += 10_000;
    await finish();
    expect(repeated).toEqual(['first', 'second', 'first']);
    expect(await kept()).toEqual([]);
  });

  it('are given up after a day in which nobody could be told', async () => {
    await keep('first');
    world.wall.now += 24 * 3_600_000;
    await finish(async () => false);
    expect(await kept()).toEqual(['first']);
    world.wall.now += 10_001;
    await finish(async () => false);
    expect(await kept()).toEqual([]);
  });
});
