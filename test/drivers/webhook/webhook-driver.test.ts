import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../../src/lib/clock.ts';
import { startServer } from '../../support/serve.ts';
import { testAdapters } from '../../support/test-adapters.ts';
import { observe, setWeight } from '../call-driver.ts';
import { describeDriverContract } from '../driver-contract.ts';
import { DeploymentService } from './deployment-service.ts';

const secretOf = (byte: number) => `whsec_${Buffer.alloc(32, byte).toString('base64')}`;
const secret = secretOf(7);

const open = (service: DeploymentService, change: Record<string, unknown> = {}) => {
  const settings = { type: 'webhook', url: service.url, target: 'web', secret, timeoutMs: 500, ...change };
  return testAdapters.drivers.create(settings, { clock: systemClock });
};
const everything = ['setWeight', 'promote', 'pause', 'resume', 'abort', 'rollBack'] as const;

describeDriverContract(
  'The webhook driver, over a service that checks signatures,',
  { remembersOperations: true, commands: everything },
  async () => {
    const service = new DeploymentService(secret);
    await service.start();
    const become = (behaviour: DeploymentService['behaviour']) => () => {
      service.behaviour = behaviour;
    };
    return {
      driver: open(service, { commands: everything }),
      settle: async () => undefined,
      cutOff: () => service.close(),
      refuse: become('refuse'),
      ignore: become('ignore'),
      answerLate: become('late'),
      behave: become('sound'),
      secrets: [secret],
      close: () => service.close(),
    };
  },
);

describe('The webhook driver', () => {
  let service: DeploymentService;
  beforeEach(async () => {
    service = new DeploymentService(secret);
    await service.start();
  });
  afterEach(() => service.close());

  it('is refused with another secret, and says so without it', async () => {
    const driver = open(service, { secret: secretOf(8) });
    await expect(observe(driver)).rejects.toThrow(
      'The deployment service answered HTTP 401: not signed with ',
    );
  });

  it('signs with the secret before as well, while both are configured', async () => {
    const driver = open(service, { secret: secretOf(8), previousSecret: secret });
    await setWeight(driver, { weight: 10 });
    expect((await observe(driver)).weight).toBe(10);
  });

  it('has the commands that it is configured to have', () => {
    expect(Object.keys(open(service).commands)).toEqual(['setWeight', 'rollBack']);
    expect(Object.keys(open(service, { commands: ['promote'] }).commands)).toEqual(['promote']);
  });

  it.each([
    [{ stableVersion: '2.3.0' }, 'candidateVersion: '],
    [{ stableVersion: '2.3.0', candidateVersion: null, weight: 101 }, 'weight: '],
    ['2.4.0', 'the answer: '],
    [{ stableVersion: '1', candidateVersion: null, weight: 0, status: 'green' }, 'status: '],
  ])('says what is wrong with a state such as %j', async (state, said) => {
    service.garbled = state;
    await expect(observe(open(service))).rejects.toThrow(
      `The deployment service answered with something that is not its state: ${said}`,
    );
  });

  it('passes on how far a target has come, and why it failed', async () => {
    service.garbled = {
      ...{ stableVersion: '2.3.0', candidateVersion: '2.4.0', weight: 40 },
      ...{ status: 'failed', reason: 'image not found', progress: { updated: 4, total: 10 } },
    };
    expect(await observe(open(service))).toMatchObject({
      status: { kind: 'failed', reason: 'image not found' },
      progress: { updated: 4, total: 10 },
      readiness: null,
    });
  });

  it('follows no redirect', async () => {
    const other = new DeploymentService(secret);
    await other.start();
    const redirect = await startServer((_, response) => {
      response.writeHead(307, { location: other.url }).end();
    });
    try {
      const driver = open(service, { url: redirect.url });
      await expect(setWeight(driver, { weight: 10 })).rejects.toThrow('answered HTTP 307.');
      expect(other.weight).toBe(0);
    } finally {
      await Promise.all([redirect.close(), other.close()]);
    }
  });
});
