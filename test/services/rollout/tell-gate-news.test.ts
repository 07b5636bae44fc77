import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { episodeEndsAfterMs } from '../../../src/core/rollout/watch-episode.ts';
import { unreadableToldAfterMs } from '../../../src/core/rollout/watch-gates.ts';
import { runOperation } from '../../../src/jobs/operations/run-operation.ts';
import { watchRollouts } from '../../../src/jobs/operations/watch-rollouts.ts';
import type { MetricSource } from '../../../src/services/ports/metric-source.ts';
import { rollBackRollout } from '../../../src/services/rollout/roll-back-rollout.ts';
import { openWorld, reading, type World } from '../../support/test-services.ts';
import {
  accepted,
  actionsOf,
  outboxOf,
  playUntil,
  promoteAndConfirm,
  releaseAtOnePercent,
  rolloutOf,
  wordsOfLast,
} from '../steps.ts';
import { changedTables, hashTables } from '../table-hashes.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld();
});
afterEach(() => world.close());

const told = async () => (await outboxOf(world)).filter((subject) => subject.startsWith('gates.'));
const watch = () => watchRollouts(world.jobs);
const fail = () => {
  world.readings['error-rate'] = reading(0.333);
};
const recover = () => {
  world.readings['error-rate'] = reading(0.0002);
};
const loseTheSource = () => {
  world.readings['error-rate'] = () => ({ kind: 'no-data', reason: 'no answer', source: 'demo' });
};

/** Each version has an error rate of its own. */
function measuring(rates: Record<string, number>): MetricSource {
  return {
    query: async ({ metric, target }) => {
      const value = metric === 'error-rate' ? (rates[target.version] ?? 0) : 80;
      return reading(value)(world.wall.now) as ReturnType<ReturnType<typeof reading>>;
    },
  };
}

describe('a gate that fails', () => {
  it('is told with its value, its limit, since when, and who can act', async () => {
    await releaseAtOnePercent(world);
    fail();
    await watch();
    expect(await wordsOfLast(world, 'gates.failing')).toEqual([
      '🔴 Web shop 2.4.0 at 1 %: FAILING. Error rate 33.30 %, must be below 0.1 %',
      '# 🔴 Web shop 2.4.0 at 1 %: FAILING',
      '- Error rate 33.30 %, must be below 0.1 %; the old version has 33.30 %',
      'Failing since Tue 18 Jun 2030, 10:00 (Europe/Amsterdam).',
      '@rita, @dana, @emil: roll back, or say here why not.',
      '[Roll back…]',
      'Dashboard',
      'Runbook',
    ]);
  });

  it('is compared with the old version', async () => {
    await releaseAtOnePercent(world);
    const source = measuring({ '2.3.9': 0.0001, '2.4.0': 0.2 });
    await watchRollouts({ ...world.jobs, metrics: () => source });
    expect((await wordsOfLast(world, 'gates.failing'))[2]).toBe(
      '- Error rate 20.00 %, must be below 0.1 %; the old version has 0.01 %',
    );
  });

  it('is compared on the card for as long as it fails', async () => {
    const releaseId = await releaseAtOnePercent(world);
    const shown = async (rates: Record<string, number>) => {
      await watchRollouts({ ...world.jobs, metrics: () => measuring(rates) });
      return (await rolloutOf(world, releaseId)).gates[0]?.oldVersion;
    };
    expect(await shown({ '2.3.9': 0.0001, '2.4.0': 0.2 })).toBe('0.01 %');
    expect(await shown({ '2.3.9': 0.0003, '2.4.0': 0.2 })).toBe('0.03 %');
    expect(await shown({ '2.3.9': 0.0003, '2.4.0': 0.0001 })).toBeUndefined();
    expect(await told()).toEqual(['gates.failing']);
  });

  it('is told at 100 % too, where the last phase has no criteria of its own, until the release is completed', async () => {
    const releaseId = await releaseAtOnePercent(world);
    await world.query(
      `update rollouts set state = 'completed', phase_index = 3, traffic_percent = 100, gates = '[]'`,
    );
    await world.query('update operations set observed_percent = 100, to_percent = 100');
    await watch();
    expect(await told()).toEqual([]);
    fail();
    for (const _ of [1, 2]) await watch();
    expect(await told()).toEqual(['gates.failing']);
    expect((await wordsOfLast(world, 'gates.failing'))[0]).toContain('Web shop 2.4.0 at 100 %: FAILING');
    await world.query(`update releases set state = 'completed' where id = $1`, [releaseId]);
    await world.query('update rollouts set gate_watch = null');
    await watch();
    expect(await told()).toEqual(['gates.failing']);
  });

  it.each<[string, (world: World) => Partial<World['jobs']>]>([
    [
      'the target does not say which it is',
      ({ driver }) => ({
        driver: () => ({ ...driver, observe: () => Promise.reject(new Error('away')) }),
      }),
    ],
    [
      'the target does not answer',
      ({ driver }) => ({ driver: () => ({ ...driver, observe: () => new Promise(() => undefined) }) }),
    ],
    [
      'it has too few requests',
      () => ({
        metrics: () => ({
          query: async ({ metric, target }) => {
            const requests = target.version === '2.4.0' ? 1000 : 19;
            return reading(metric === 'error-rate' ? 0.333 : 80, requests)(world.wall.now);
          },
        }),
      }),
    ],
  ])('is told without the old version when %s', async (_, changes) => {
    await releaseAtOnePercent(world);
    fail();
    await watchRollouts({ ...world.jobs, ...changes(world) });
    expect((await wordsOfLast(world, 'gates.failing'))[2]).toBe('- Error rate 33.30 %, must be below 0.1 %');
  });

  it('is told once, by however many processes and however often', async () => {
    const releaseId = await releaseAtOnePercent(world);
    fail();
    await Promise.all(Array.from({ length: 6 }, watch));
    await watch();
    expect(await told()).toEqual(['gates.failing']);
    expect((await actionsOf(world, releaseId)).filter((action) => action === 'gates.failing')).toHaveLength(
      1,
    );
  });

  it('is not lost and not doubled when its transaction fails', async () => {
    await releaseAtOnePercent(world);
    await watch();
    fail();
    await world.query(
      `create function refuse() returns trigger language plpgsql as $$ begin raise 'killed'; end $$;
       create trigger killed before insert on deliveries for each row execute function refuse()`,
    );
    const before = await hashTables(world);
    await expect(watch()).rejects.toThrow();
    expect(changedTables(before, await hashTables(world))).toEqual([]);
    await world.query('drop trigger killed on deliveries; drop function refuse');
    for (const _ of [1, 2]) await watch();
    expect(await told()).toEqual(['gates.failing']);
  });

  it('that flaps is told once, and its end once', async () => {
    await releaseAtOnePercent(world);
    for (const _ of [1, 2, 3]) {
      fail();
      await watch();
      recover();
      await watch();
      world.wall.now += episodeEndsAfterMs - 1;
      await watch();
    }
    expect(await told()).toEqual(['gates.failing']);
    world.wall.now += 1;
    for (const _ of [1, 2]) await watch();
    expect(await told()).toEqual(['gates.failing', 'gates.recovered']);
    expect(await wordsOfLast(world, 'gates.recovered')).toEqual([
      '🟢 Web shop 2.4.0 at 1 %: healthy again',
      '🟢 Web shop 2.4.0 at 1 %: healthy again, for 5 minutes now. Error rate 0.02 %, Response time (95th percentile) 80 ms.',
    ]);
  });

  it('is told anew in the next phase', async () => {
    const releaseId = await releaseAtOnePercent(world);
    fail();
    await watch();
    recover();
    await watch();
    await playUntil(world, world.clock.now() + 3_600_000);
    await promoteAndConfirm(world, releaseId);
    fail();
    await watch();
    expect(await told()).toEqual(['gates.failing', 'gates.failing']);
    expect((await wordsOfLast(world, 'gates.failing'))[0]).toContain('Web shop 2.4.0 at 10 %: FAILING');
  });

  it('is told while the release is paused', async () => {
    const releaseId = await releaseAtOnePercent(world);
    await world.query('update releases set paused_at = now() where id = $1', [releaseId]);
    fail();
    await watch();
    expect(await told()).toEqual(['gates.failing']);
  });

  it('is not told while a rollback is under way, nor after it', async () => {
    const releaseId = await releaseAtOnePercent(world);
    await watch();
    accepted(
      await rollBackRollout({ ctx: world.as('emil'), input: { releaseKey: null, reason: 'Errors.' } }),
    );
    fail();
    await watch();
    await runOperation(world.jobs, releaseId);
    await watch();
    expect(await told()).toEqual([]);
  });

  it('is not told when the target has no traffic on the version', async () => {
    const releaseId = await releaseAtOnePercent(world);
    await world.query('update rollouts set traffic_percent = 0 where release_id = $1', [releaseId]);
    fail();
    await watch();
    expect(await told()).toEqual([]);
  });
});

describe('a gate that is unknown', () => {
  it('is told once after ten minutes, and once that it is known again', async () => {
    await releaseAtOnePercent(world);
    loseTheSource();
    await watch();
    world.wall.now += unreadableToldAfterMs - 1;
    await watch();
    expect(await told()).toEqual([]);
    world.wall.now += 1;
    for (const _ of [1, 2]) await watch();
    expect(await told()).toEqual(['gates.unreadable']);
    expect(await wordsOfLast(world, 'gates.unreadable')).toEqual([
      "⚪ Web shop 2.4.0 at 1 %: I can't judge error rate",
      "# ⚪ Web shop 2.4.0 at 1 %: I can't judge error rate",
      "- Error rate: no data (no answer), so it can't be called healthy.",
      'This has been the case since Tue 18 Jun 2030, 10:00 (Europe/Amsterdam). Until it changes, nobody can promote.',
      "@rita, @dana, @emil: check the metrics source; if you can't tell how the new version is doing, roll back.",
      '[Roll back…]',
      'Dashboard',
      'Runbook',
    ]);
    recover();
    await watch();
    world.wall.now += episodeEndsAfterMs;
    for (const _ of [1, 2]) await watch();
    expect(await told()).toEqual(['gates.unreadable', 'gates.readable']);
  });
});
