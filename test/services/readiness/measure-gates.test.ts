import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { gateStandingLine } from '../../../src/bot/cards/parts/gate-lines.ts';
import { lineText } from '../../../src/core/card/line.ts';
import { readinessSchema } from '../../../src/core/plan/readiness-schema.ts';
import { measureGates } from '../../../src/jobs/readiness/measure-gates.ts';
import { verifyAudit } from '../../../src/services/audit/verify-audit.ts';
import type { MetricReading, MetricSource, OwnReading } from '../../../src/services/ports/metric-source.ts';
import { loadGates } from '../../../src/services/readiness/load-gates.ts';
import { openWorld, reading, type World } from '../../support/test-services.ts';
import { actionsOf, planRelease, releaseOf } from '../steps.ts';

let world: World;
let releaseId: string;
let own: OwnReading;
let asked: string[];
const hour = 3_600_000;

beforeEach(async () => {
  world = await openWorld();
  world.plan.readiness = readinessSchema.parse({
    gates: {
      change: {
        'response-time': { measure: { metric: 'latency-p95', every: 'PT1H' } },
        cpu: { measure: { query: 'cpu{$matchers}', every: 'PT10M' } },
      },
    },
  });
  releaseId = await planRelease(world);
  own = { kind: 'value', value: 42, source: 'demo' };
  asked = [];
});
afterEach(() => world.close());

const source: MetricSource = {
  query: async ({ metric }) => world.readings[metric](world.wall.now),
  ask: async ({ query }) => {
    asked.push(query);
    return own;
  },
};
const measure = () =>
  measureGates({ ...world.jobs, metrics: (name) => (name === 'demo' ? source : undefined) });

async function gate(key: string) {
  const gates = await loadGates(world.services.db, await releaseOf(world, releaseId), world.clock.now());
  const found = gates.find((each) => each.gate.key === key);
  if (!found) throw new Error(`there is no gate ${key}`);
  return found;
}
const lineOf = async (key: string) =>
  lineText(gateStandingLine(await releaseOf(world, releaseId), await gate(key)));

describe('a gate with a metrics source', () => {
  it('has a result from it, with its age, that counts like any other', async () => {
    await measure();
    expect(await gate('response-time')).toMatchObject({
      state: 'pass',
      result: { value: 80, source: 'demo', measuredAt: world.clock.now(), version: '2.4.0' },
    });
    expect(await gate('cpu')).toMatchObject({ state: 'pass', result: { value: 42 } });
    expect(asked).toEqual(['cpu{$matchers}']);
    expect((await verifyAudit(world.services.db, world.services.trailKeys)).broken).toEqual([]);
  });

  it('is measured as often as the plan says, and fails by the value that is latest', async () => {
    await measure();
    await measure();
    world.clock.moveBy(10 * 60_000);
    world.readings['latency-p95'] = reading(900);
    own = { kind: 'value', value: 90, source: 'demo' };
    await measure();
    expect(await gate('cpu')).toMatchObject({ state: 'fail', result: { value: 90 } });
    expect(await gate('response-time')).toMatchObject({ state: 'pass', result: { value: 80 } });
    world.clock.moveBy(hour);
    await measure();
    expect(await gate('response-time')).toMatchObject({ state: 'fail', result: { value: 900 } });
    expect(asked).toHaveLength(3);
  });

  it.each<[string, MetricReading, RegExp]>([
    ['no data', { kind: 'no-data', reason: 'no answer', source: 'demo' }, /Nothing from demo: no answer/],
    [
      'too few requests',
      { kind: 'value', value: 80, requests: 3, at: 0, source: 'demo' },
      /only 3 of the 100 requests/,
    ],
    [
      'an old value',
      { kind: 'value', value: 80, requests: 1000, at: -60_000, source: 'demo' },
      /the last value is 1 minute old/,
    ],
    [
      'a value that proves nothing',
      { kind: 'value', value: 80, requests: 1000, at: 0, source: 'demo', unproven: 'a restart' },
      /Nothing from demo: a restart/,
    ],
  ])('does not pass with %s, and says why', async (_, said, words) => {
    world.readings['latency-p95'] = (wall) =>
      said.kind === 'value' ? { ...said, at: wall + said.at } : said;
    await measure();
    expect((await gate('response-time')).state).toBe('missing');
    expect(await lineOf('response-time')).toMatch(words);
    // Said once, and asked again after five minutes.
    await measure();
    world.clock.moveBy(5 * 60_000);
    await measure();
    const told = (await actionsOf(world, releaseId)).filter((action) => action === 'gates.unmeasured');
    expect(told).toHaveLength(1);
    world.readings['latency-p95'] = reading(80);
    world.clock.moveBy(5 * 60_000);
    await measure();
    expect((await gate('response-time')).state).toBe('pass');
  });

  it('is stale once its source has been silent for as long as a result may be old', async () => {
    await measure();
    own = { kind: 'no-data', reason: 'no answer', source: 'demo' };
    world.clock.moveBy(7 * 24 * hour);
    await measure();
    expect((await gate('cpu')).state).toBe('stale');
    expect(await lineOf('cpu')).toContain('Nothing from demo: no answer');
  });

  it('is measured once by two processes', async () => {
    await Promise.all([measure(), measure()]);
    const rows = await world.query('select gate from gate_results order by gate');
    expect(rows).toEqual([{ gate: 'cpu' }, { gate: 'response-time' }]);
  });

  it('is not measured when its source is not configured', async () => {
    await measureGates({ ...world.jobs, metrics: () => undefined });
    expect(await lineOf('cpu')).toContain('no metrics source "demo" is configured');
  });
});
