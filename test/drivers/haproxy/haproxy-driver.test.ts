import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { askRuntime } from '../../../src/drivers/haproxy/runtime-socket.ts';
import { systemClock } from '../../../src/lib/clock.ts';
import type { DeploymentDriver } from '../../../src/services/ports/deployment-driver.ts';
import { testAdapters } from '../../support/test-adapters.ts';
import { observe, rollBack, setWeight } from '../call-driver.ts';
import { describeDriverContract } from '../driver-contract.ts';
import { type HaproxyTarget, openHaproxyTarget } from './haproxy-target.ts';
import type { TapBehaviour } from './runtime-tap.ts';

const open = (settings: HaproxyTarget['settings']): DeploymentDriver =>
  testAdapters.drivers.create(settings, { clock: systemClock });

describeDriverContract(
  'The HAProxy driver, over a real HAProxy,',
  { remembersOperations: false, commands: ['setWeight', 'rollBack'] },
  async () => {
    const target = await openHaproxyTarget();
    const become = (behaviour: TapBehaviour) => () => {
      target.tap.behaviour = behaviour;
    };
    return {
      driver: open(target.settings),
      settle: async () => undefined,
      cutOff: () => target.tap.close(),
      refuse: become('refuse'),
      ignore: become('ignore'),
      answerLate: become('late'),
      behave: become('sound'),
      secrets: [],
      close: target.close,
    };
  },
);

describe('With traffic through a real HAProxy', () => {
  let target: HaproxyTarget;
  let driver: DeploymentDriver;
  beforeEach(async () => {
    target = await openHaproxyTarget();
    driver = open(target.settings);
  });
  afterEach(() => target.close());

  const send = async (count: number): Promise<number> => {
    const before = target.candidate.requests;
    for (let sent = 0; sent < count; sent += 1) await (await fetch(target.proxy.url)).text();
    return target.candidate.requests - before;
  };

  it.each([1, 10, 50, 99])(
    'sends %s percent of requests to the candidate, within one point',
    async (weight) => {
      await setWeight(driver, { weight });
      const share = (100 * (await send(400))) / 400;
      expect(Math.abs(share - weight)).toBeLessThanOrEqual(1);
    },
  );

  it('sends no request to the candidate once a rollback is acknowledged', async () => {
    for (let round = 0; round < 5; round += 1) {
      await setWeight(driver, { weight: 50, operationId: `to-50-${round}` });
      expect(await send(20)).toBeGreaterThan(0);
      await rollBack(driver, `back-${round}`);
      expect(await send(40)).toBe(0);
    }
  });

  it('confirms a rollback when the candidate is dead, and refuses to promote it', async () => {
    await setWeight(driver, { weight: 50 });
    await target.candidate.close();
    await expect(setWeight(driver, { weight: 100 })).rejects.toThrow("don't tell their version");
    await rollBack(driver);
    expect(await observe(driver)).toMatchObject({
      ...{ stableVersion: '2.3.0', candidateVersion: '2.4.0', weight: 0, status: { kind: 'done' } },
    });
    expect(await send(20)).toBe(0);
  });

  it('says what runs on the candidate when it is another version', async () => {
    await expect(setWeight(driver, { weight: 10, version: '2.5.0' })).rejects.toThrow(
      "The candidate's servers run 2.4.0, not 2.5.0. Deploy 2.5.0 to them, then try again.",
    );
    expect((await observe(driver, '2.5.0')).candidateVersion).toBe('2.4.0');
  });
});

describe('What it says of a backend', () => {
  it('that has a server which is neither', async () => {
    const target = await openHaproxyTarget(['server third 127.0.0.1:9 weight 100']);
    try {
      const state = await observe(open(target.settings));
      expect(state.status).toEqual({
        kind: 'failed',
        reason: "backend shop also sends traffic to third, which the driver's settings don't name",
      });
    } finally {
      await target.close();
    }
  });

  it.each([
    [{ backend: 'shops' }, "Can't find backend"],
    [
      { candidate: { servers: ['newer'], versionUrl: 'http://127.0.0.1:9/' } },
      'Backend shop has no server newer.',
    ],
    [{ socket: '/nowhere/admin.sock' }, "HAProxy's runtime socket can't be reached (ENOENT)."],
  ])('that is not as configured: %j', async (change, said) => {
    const target = await openHaproxyTarget();
    try {
      await expect(observe(open({ ...target.settings, ...change }))).rejects.toThrow(said);
    } finally {
      await target.close();
    }
  });

  it('whose candidate somebody took out of service', async () => {
    const target = await openHaproxyTarget();
    try {
      const driver = open(target.settings);
      await setWeight(driver, { weight: 10 });
      await runtime(target, 'set server shop/new state maint');
      expect(await observe(driver)).toMatchObject({
        ...{ weight: 0, readiness: { ready: 0, wanted: 1 } },
        status: { kind: 'failed', reason: 'new is in maintenance, so the share goes elsewhere' },
      });
    } finally {
      await target.close();
    }
  });

  it('that HAProxy can not split so finely', async () => {
    const target = await openHaproxyTarget();
    try {
      const many = Array.from({ length: 10 }, (_, index) => `new${index}`);
      const driver = open({
        ...target.settings,
        candidate: { servers: many, versionUrl: `${target.candidate.url}/version` },
      });
      await expect(setWeight(driver, { weight: 1 })).rejects.toThrow(
        "HAProxy can't send 1 % to 10 of 11 servers: the nearest is 3.8 %.",
      );
    } finally {
      await target.close();
    }
  });
});

async function runtime({ proxy }: HaproxyTarget, command: string): Promise<void> {
  expect(await askRuntime({ socket: proxy.socket, timeoutMs: 2_000 }, command)).toBe('');
}
