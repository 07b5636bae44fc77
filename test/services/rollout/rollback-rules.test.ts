import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { lineText } from '../../../src/core/card/line.ts';
import type { Plan } from '../../../src/core/plan/plan.ts';
import { compileRollback } from '../../../src/core/plan/rollback-schema.ts';
import { runOperation } from '../../../src/jobs/operations/run-operation.ts';
import { watchRollouts } from '../../../src/jobs/operations/watch-rollouts.ts';
import { asSystem } from '../../../src/services/kernel/context.ts';
import { armRollback, disarmRollback } from '../../../src/services/rollout/disarm-rollback.ts';
import { judgeRollbackRules } from '../../../src/services/rollout/judge-rollback-rules.ts';
import { openWorld, reading, type World } from '../../support/test-services.ts';
import {
  accepted,
  approvedRelease,
  auditOf,
  inWords,
  promote,
  promoteAndConfirm,
  rolloutOf,
} from '../steps.ts';

const goLive = '2030-06-18T08:00:00Z';
const minute = 60_000;
const step = 10_000;

let world: World;
beforeEach(async () => {
  world = await openWorld();
});
afterEach(() => world.close());

type Rules = NonNullable<Plan['rollout']['rollback']>;
const usual = (riskTolerance: Plan['riskTolerance']): Rules =>
  compileRollback(undefined, { riskTolerance, strategy: 'blue-green' });

/** A release with one percent of traffic that goes by these rules. */
async function begin(rollback: Rules): Promise<string> {
  const rollout = { ...world.plan.rollout, rollback };
  const releaseId = await approvedRelease(world, { rollout });
  world.clock.moveTo(goLive);
  await promoteAndConfirm(world, releaseId);
  return releaseId;
}

/** Lets so long pass, on both clocks, with a sample every ten seconds. */
async function watchFor(ms: number): Promise<void> {
  for (let passed = 0; passed < ms; passed += step) {
    world.wall.now += step;
    world.clock.moveBy(step);
    await watchRollouts(world.jobs);
  }
}

const messages = async () => {
  const rows = await world.query<{ content: { summary: string; blocks: unknown } }>(
    `select content from deliveries where subject in ('rollback-rule', 'disarmed', 'armed') order by seq`,
  );
  return rows.map(({ content }) => lineText(content.summary));
};
const rollbacks = (releaseId: string) =>
  rolloutOf(world, releaseId).then(({ operations }) => operations.filter(({ kind }) => kind === 'rollback'));
const events = async (releaseId: string) =>
  (await auditOf(world, releaseId)).filter(({ action }) => action === 'rollback-rule.met');

describe('where the plan says that it rolls back by itself', () => {
  it('does so once a rule has been met for its time, and says why', async () => {
    const releaseId = await begin(usual('low'));
    world.readings['error-rate'] = reading(0.333);
    await watchFor(5 * minute);
    expect(await rollbacks(releaseId)).toEqual([]);
    await watchFor(step);
    expect(await rollbacks(releaseId)).toMatchObject([
      {
        requestedBy: 'system:rollout',
        requestedByName: 'tminus',
        reason: 'Rollback rule: Error rate above 1 % for 5 minutes.',
        toPercent: 0,
      },
    ]);
    expect(await messages()).toEqual(['🔴 Web shop 2.4.0 at 1 %: rolling back by itself']);
    await runOperation(world.jobs, releaseId);
    expect(await rolloutOf(world, releaseId)).toMatchObject({ state: 'rolled_back', trafficPercent: 0 });
    await watchFor(minute);
    expect(await rollbacks(releaseId)).toHaveLength(1);
    expect(await events(releaseId)).toMatchObject([
      {
        actor: 'system:rollout',
        details: {
          acted: 'rolled-back',
          trafficPercent: 1,
          rules: [
            {
              rule: 'Error rate above 1 % for 5 minutes',
              value: expect.closeTo(33.3),
              limit: 1,
              samples: 31,
            },
          ],
        },
      },
    ]);
  });

  it('outlasts a sample that is missing, and begins anew after half a minute of them', async () => {
    const releaseId = await begin(usual('low'));
    const silence = () => ({ kind: 'no-data', reason: 'no answer', source: 'demo' }) as const;
    world.readings['error-rate'] = reading(0.333);
    await watchFor(2 * minute);
    world.readings['error-rate'] = silence;
    await watchFor(3 * step);
    world.readings['error-rate'] = reading(0.333);
    await watchFor(4 * minute);
    expect(await rollbacks(releaseId)).toEqual([]);
    world.readings['error-rate'] = silence;
    await watchFor(2 * step);
    expect(await rollbacks(releaseId)).toEqual([]);
    world.readings['error-rate'] = reading(0.333);
    await watchFor(minute);
    expect(await rollbacks(releaseId)).toHaveLength(1);
  });

  it('begins anew after a sample that is fine', async () => {
    const releaseId = await begin(usual('low'));
    world.readings['error-rate'] = reading(0.333);
    await watchFor(4 * minute);
    world.readings['error-rate'] = reading(0.005);
    await watchFor(step);
    world.readings['error-rate'] = reading(0.333);
    await watchFor(4 * minute);
    expect(await rollbacks(releaseId)).toEqual([]);
    expect(await messages()).toEqual([]);
  });

  it('does nothing for want of data, however long', async () => {
    const releaseId = await begin(usual('zero-downtime'));
    world.readings['error-rate'] = reading(1, 3);
    await watchFor(20 * minute);
    expect(await rollbacks(releaseId)).toEqual([]);
  });

  it('takes a gap between samples for a break', async () => {
    const releaseId = await begin(usual('low'));
    world.readings['error-rate'] = reading(0.333);
    await watchFor(4 * minute);
    world.wall.now += 2 * minute;
    await watchFor(step);
    expect(await rollbacks(releaseId)).toEqual([]);
  });

  it('asks instead while somebody has switched it off, and says who', async () => {
    const releaseId = await begin(usual('low'));
    const until = world.clock.now() + 30 * minute;
    const input = { releaseKey: world.plan.release, reason: 'Load test of the new cache.', until };
    accepted(await disarmRollback({ ctx: world.as('dana'), input }));
    world.readings['error-rate'] = reading(0.333);
    await watchFor(6 * minute);
    expect(await rollbacks(releaseId)).toEqual([]);
    expect(await messages()).toEqual([
      '⚠️ web-2.4.0: automatic rollback is off',
      '🔴 Web shop 2.4.0 at 1 %: a rollback rule is met',
    ]);
    accepted(await armRollback({ ctx: world.as('rita'), input: { releaseKey: world.plan.release } }));
    await watchFor(step);
    expect(await rollbacks(releaseId)).toHaveLength(1);
  });

  it('judges each sample in the transaction that acts on it, whoever else watches', async () => {
    const atOnce: Rules = {
      automatic: true,
      rules: [{ metric: 'error-rate', above: 1, for: 'PT0S', window: 'PT1M', minRequests: 1 }],
    };
    const releaseId = await begin(atOnce);
    const { phaseIndex } = await rolloutOf(world, releaseId);
    const samples = [{ state: 'met' as const, value: 33, limit: 1 }];
    const judge = () =>
      judgeRollbackRules({ ctx: asSystem(world.services), input: { releaseId, phaseIndex, samples } });
    await Promise.all(Array.from({ length: 8 }, judge));
    expect(await rollbacks(releaseId)).toHaveLength(1);
    expect(await events(releaseId)).toHaveLength(1);
  });
});

describe('during the first promotion', () => {
  it('rolls back what a slow target has begun to send traffic to', async () => {
    const atOnce: Rules = {
      automatic: true,
      rules: [
        { metric: 'error-rate', above: 1, for: 'PT0S', window: 'PT1M', minRequests: 1, firstPhaseOnly: true },
      ],
    };
    const rollout = { ...world.plan.rollout, rollback: atOnce };
    const releaseId = await approvedRelease(world, { rollout });
    world.clock.moveTo(goLive);
    await watchRollouts(world.jobs);
    expect(await rollbacks(releaseId)).toEqual([]);
    accepted(await promote(world));
    world.readings['error-rate'] = reading(0.5);
    await watchFor(step);
    expect(await rollbacks(releaseId)).toHaveLength(1);
    const { operations } = await rolloutOf(world, releaseId);
    expect(operations.find(({ kind }) => kind === 'promote')?.state).toBe('cancelled');
  });
});

describe('where people decide', () => {
  it('asks them, once in a quarter of an hour', async () => {
    const releaseId = await begin(usual('medium'));
    world.readings['error-rate'] = reading(0.06);
    await watchFor(5 * minute + step);
    expect(await messages()).toEqual(['🔴 Web shop 2.4.0 at 1 %: a rollback rule is met']);
    await watchFor(14 * minute);
    expect(await messages()).toHaveLength(1);
    await watchFor(minute + step);
    expect(await messages()).toHaveLength(2);
    expect(await rollbacks(releaseId)).toEqual([]);
    expect((await events(releaseId)).map(({ details }) => details.acted)).toEqual(['asked', 'asked']);
  });

  it('has nothing to switch off', async () => {
    await begin(usual('medium'));
    const input = { releaseKey: world.plan.release };
    expect(inWords(await armRollback({ ctx: world.as('dana'), input }))).toMatchObject({
      refusal: {
        code: 'wrong-state',
        message: 'web-2.4.0 is not rolled back by itself: by its plan, people decide.',
      },
    });
  });
});

describe('switching it off', () => {
  const change = { releaseKey: 'web-2.4.0', reason: 'Load test.' };
  it.each([
    ['for longer than twelve hours', 12 * 60 * minute + 1, 'It can be off for twelve hours at most.'],
    ['until an instant that has passed', -1, 'That time has passed. Choose a later one.'],
  ])('is refused %s', async (_, ms, said) => {
    await begin(usual('low'));
    const input = { ...change, until: world.clock.now() + ms };
    const result = inWords(await disarmRollback({ ctx: world.as('dana'), input }));
    expect(JSON.stringify(result)).toContain(said);
    expect(await messages()).toEqual([]);
  });

  it('is refused to whoever has no right to it, and without a reason', async () => {
    await begin(usual('low'));
    const until = world.clock.now() + minute;
    const byInes = await disarmRollback({ ctx: world.as('quinn'), input: { ...change, until } });
    expect(JSON.stringify(inWords(byInes))).toContain(
      "You can't switch the automatic rollback off or on for",
    );
    const silent = await disarmRollback({ ctx: world.as('dana'), input: { ...change, until, reason: ' ' } });
    expect(JSON.stringify(inWords(silent))).toContain('needs a reason');
  });

  it('ends by itself', async () => {
    const releaseId = await begin(usual('low'));
    const until = world.clock.now() + 6 * minute;
    accepted(await disarmRollback({ ctx: world.as('dana'), input: { ...change, until } }));
    world.readings['error-rate'] = reading(0.333);
    await watchFor(6 * minute + step);
    expect(await rollbacks(releaseId)).toHaveLength(1);
  });
});
