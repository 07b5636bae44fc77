import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startDemo } from '../../sandbox/demo/demo.ts';
import { driverRegistry } from '../../src/drivers/driver-registry.ts';
import { type DriverHarness, describeDriverContract } from './driver-contract.ts';
import { createMemoryDriver, type MemoryDriver } from './memory-driver.ts';

const versions = { stableVersion: '2.3.0', candidateVersion: '2.4.0' };

describeDriverContract('The memory driver', async (): Promise<DriverHarness> => {
  const driver = createMemoryDriver(versions);
  const become = (behaviour: MemoryDriver['behaviour']) => () => {
    driver.behaviour = behaviour;
  };
  return {
    driver,
    cutOff: async () => become('unreachable')(),
    refuse: become('refusing'),
    ignore: become('not-taking'),
    answerLate: become('late'),
    behave: become('sound'),
    secrets: [],
    close: async () => undefined,
  };
});

describeDriverContract('The demo driver, over the real demo,', async (): Promise<DriverHarness> => {
  const dataDir = await mkdtemp(join(tmpdir(), 'tminus-demo-'));
  const demo = await startDemo({ ...versions, dataDir, load: 0 });
  const { adminUrl, adminToken: token } = demo;
  return {
    driver: driverRegistry.create({ type: 'demo', adminUrl, token, timeoutMs: 500 }),
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
});
