import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startDemo } from '../../sandbox/demo/demo.ts';
import { systemClock } from '../../src/lib/clock.ts';
import { testAdapters } from '../support/test-adapters.ts';
import { type DriverHarness, describeDriverContract } from './driver-contract.ts';
import { createMemoryDriver, type MemoryDriver } from './memory-driver.ts';
import { openTarget } from './targets/integer-weights/integer-weights-target.ts';

const versions = { stableVersion: '2.3.0', candidateVersion: '2.4.0' };

const weights = ['setWeight', 'rollBack'] as const;
const remembering = { remembersOperations: true, commands: weights };

describeDriverContract('The memory driver', remembering, async (): Promise<DriverHarness> => {
  const driver = createMemoryDriver(versions);
  const become = (behaviour: MemoryDriver['behaviour']) => () => {
    driver.behaviour = behaviour;
  };
  return {
    driver,
    settle: async () => undefined,
    cutOff: async () => become('unreachable')(),
    refuse: become('refusing'),
    ignore: become('not-taking'),
    answerLate: become('late'),
    behave: become('sound'),
    secrets: [],
    close: async () => undefined,
  };
});

describeDriverContract(
  'The demo driver, over the real demo,',
  remembering,
  async (): Promise<DriverHarness> => {
    const dataDir = await mkdtemp(join(tmpdir(), 'tminus-demo-'));
    const demo = await startDemo({ ...versions, dataDir, load: 0 });
    const { adminUrl, adminToken: token } = demo;
    return {
      driver: testAdapters.drivers.create(
        { type: 'demo', adminUrl, token, timeoutMs: 500 },
        { clock: systemClock },
      ),
      settle: async () => undefined,
      cutOff: demo.close,
      refuse: () => demo.change({ adminFault: { kind: 'refuse' } }),
      ignore: () => demo.change({ adminFault: { kind: 'not-taken' } }),
      answerLate: () => demo.change({ adminFault: { kind: 'slow', delayMs: 60_000 } }),
      behave: () => demo.change({ adminFault: null }),
      secrets: [token],
      close: async () => {
        await demo.close();
        await rm(dataDir, { recursive: true });
      },
    };
  },
);

describeDriverContract(
  'The driver of a slow target with integer weights',
  {
    remembersOperations: false,
    commands: [...weights, 'promote', 'pause', 'resume', 'abort'],
  },
  async (): Promise<DriverHarness> => {
    const time = { now: Date.parse('2031-01-01T00:00:00Z') };
    const target = openTarget('proxy', () => time.now);
    Object.assign(target, { takesMs: 5 * 60_000, seenAfterMs: 10_000 });
    const become = (behaviour: typeof target.behaviour) => () => {
      target.behaviour = behaviour;
    };
    return {
      driver: testAdapters.drivers.create(
        { type: 'integer-weights', proxy: 'proxy' },
        { clock: systemClock },
      ),
      settle: async () => {
        time.now += 5 * 60_000;
      },
      cutOff: async () => become('unreachable')(),
      refuse: become('refusing'),
      ignore: become('not-taking'),
      answerLate: become('late'),
      behave: become('sound'),
      secrets: [],
      close: async () => undefined,
    };
  },
);
