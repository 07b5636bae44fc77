import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../../src/lib/clock.ts';
import { testAdapters } from '../../support/test-adapters.ts';
import { observe, rollBack, setWeight } from '../call-driver.ts';
import { describeDriverContract } from '../driver-contract.ts';
import { TestUnleash } from './test-unleash.ts';

const open = (unleash: TestUnleash, change: Record<string, unknown> = {}) =>
  testAdapters.drivers.create(
    {
      ...{ type: 'unleash', url: unleash.url, token: unleash.token, feature: 'checkout' },
      ...{ timeoutMs: 2_000, ...change },
    },
    { clock: systemClock },
  );

describeDriverContract(
  'The Unleash driver',
  {
    ...{ remembersOperations: false, commands: ['setWeight', 'rollBack'], weights: [0, 1, 10, 50, 100] },
    ...{ deploys: true, tellsVersions: false, takesSeveralCalls: true },
  },
  async () => {
    const unleash = new TestUnleash();
    await unleash.start();
    const become = (behaviour: TestUnleash['behaviour']) => () => {
      unleash.behaviour = behaviour;
    };
    return {
      driver: open(unleash),
      settle: async () => undefined,
      cutOff: () => unleash.close(),
      refuse: become('refuse'),
      ignore: become('ignore'),
      answerLate: become('late'),
      behave: become('sound'),
      secrets: [unleash.token],
      close: () => unleash.close(),
    };
  },
);

describe('A feature of Unleash', () => {
  let unleash: TestUnleash;
  beforeEach(async () => {
    unleash = new TestUnleash();
    await unleash.start();
  });
  afterEach(() => unleash.close());

  it('gets one strategy, and is switched on last', async () => {
    await setWeight(open(unleash), { weight: 10 });
    expect(unleash.requests).toEqual(['GET ', 'POST /strategies', 'POST /on']);
    expect(unleash.strategies).toMatchObject([
      {
        ...{ name: 'flexibleRollout', constraints: [], segments: [] },
        parameters: { rollout: '10', stickiness: 'default', groupId: 'checkout' },
      },
    ]);
    await setWeight(open(unleash), { weight: 50 });
    expect(unleash.requests.slice(3)).toEqual(['GET ', 'PUT /strategies/strategy-0']);
  });

  it('is switched off in one call, which asks nothing first', async () => {
    await setWeight(open(unleash), { weight: 50 });
    const before = unleash.requests.length;
    await rollBack(open(unleash));
    expect(unleash.requests.slice(before)).toEqual(['POST /off']);
    // The share is kept there; who has it is nobody.
    expect(await observe(open(unleash))).toMatchObject({ weight: 0, status: { kind: 'done' } });
  });

  it('keeps whom else it is limited to, and how users stay on one side', async () => {
    const constraints = [{ contextName: 'country', operator: 'IN', values: ['NO'] }];
    const parameters = { rollout: '0', stickiness: 'userId', groupId: 'shop' };
    unleash.strategies = [{ id: 'mine', name: 'flexibleRollout', parameters, constraints, segments: [] }];
    await setWeight(open(unleash), { weight: 10 });
    expect(unleash.strategies[0]).toMatchObject({
      constraints,
      parameters: { ...parameters, rollout: '10' },
    });
  });

  it('is for segments at the shares that stand for them', async () => {
    const driver = open(unleash, { segments: { 1: [3], 10: [7, 3] } });
    await setWeight(driver, { weight: 1 });
    expect(unleash.strategies[0]).toMatchObject({ segments: [3], parameters: { rollout: '100' } });
    expect((await observe(driver)).weight).toBe(1);
    await setWeight(driver, { weight: 10 });
    expect((await observe(driver)).weight).toBe(10);
    await setWeight(driver, { weight: 25 });
    expect(unleash.strategies[0]).toMatchObject({ segments: [], parameters: { rollout: '25' } });
  });

  it('that has several strategies has no share that could be told', async () => {
    const strategy = { parameters: { rollout: '5' }, constraints: [], segments: [] };
    unleash.enabled = true;
    unleash.strategies = [
      { ...strategy, id: 'one', name: 'flexibleRollout' },
      { ...strategy, id: 'two', name: 'default' },
    ];
    const why = "checkout has 2 strategies in production, of which any is enough, so its share can't be told";
    expect((await observe(open(unleash))).status).toEqual({ kind: 'failed', reason: why });
    await expect(setWeight(open(unleash), { weight: 10 })).rejects.toThrow(`${why}. Leave one`);
    await rollBack(open(unleash));
    expect((await observe(open(unleash))).weight).toBe(0);
  });

  it('without any strategy is everybody’s once it is on', async () => {
    unleash.enabled = true;
    expect((await observe(open(unleash))).weight).toBe(100);
  });

  it.each([
    [{ token: 'wrong' }, 'Unleash does not accept the token of the driver.'],
    [{ feature: 'other' }, 'Unleash answered HTTP 404: Could not find the feature'],
  ])('that can not be had with %j is said in the words of Unleash', async (change, said) => {
    await expect(observe(open(unleash, change))).rejects.toThrow(said);
  });
});
