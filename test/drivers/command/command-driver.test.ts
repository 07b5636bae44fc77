import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { systemClock } from '../../../src/lib/clock.ts';
import { isAlive } from '../../../src/lib/process-state.ts';
import { eventually } from '../../support/eventually.ts';
import { testAdapters } from '../../support/test-adapters.ts';
import { observe, rollBack, setWeight } from '../call-driver.ts';
import { describeDriverContract } from '../driver-contract.ts';

const script = new URL('./deploy.mjs', import.meta.url).pathname;
const token = 'a-token-of-the-deployment';

interface Deployment {
  file: string;
  folder: string;
  become(change: Record<string, unknown>): Promise<void>;
  close(): Promise<void>;
}

async function openDeployment(): Promise<Deployment> {
  const folder = await mkdtemp(join(tmpdir(), 'tminus-command-'));
  const file = join(folder, 'state.json');
  const start = { stableVersion: '2.3.0', candidateVersion: '2.4.0', weight: 0, behaviour: 'sound' };
  await writeFile(file, JSON.stringify(start));
  return {
    ...{ file, folder },
    become: async (change) => {
      const state = JSON.parse(await readFile(file, 'utf8')) as object;
      await writeFile(file, JSON.stringify({ ...state, ...change }));
    },
    close: () => rm(folder, { recursive: true, force: true }),
  };
}

function open({ file }: Deployment, change: Record<string, unknown> = {}) {
  const call = (...args: string[]) => [process.execPath, script, file, ...args];
  const settings = {
    type: 'command',
    observe: call('observe'),
    setWeight: call('weight', '{version}', '{weight}'),
    promote: call('promote', '{version}'),
    pause: call('pause', '{version}'),
    resume: call('resume'),
    abort: call('abort', '{version}'),
    rollBack: call('rollback'),
    env: ['PATH'],
    secretEnv: ['DEPLOY_TOKEN'],
    timeoutMs: 2_000,
    ...change,
  };
  return testAdapters.drivers.create(settings, { clock: systemClock });
}

beforeEach(() => {
  vi.stubEnv('DEPLOY_TOKEN', token);
});
afterEach(() => vi.unstubAllEnvs());

describeDriverContract(
  'The command driver, over a script,',
  {
    remembersOperations: false,
    commands: ['setWeight', 'promote', 'pause', 'resume', 'abort', 'rollBack'],
  },
  async () => {
    const deployment = await openDeployment();
    let pending: Promise<void> = Promise.resolve();
    const become = (behaviour: string) => () => {
      pending = pending.then(() => deployment.become({ behaviour }));
    };
    const driver = open(deployment);
    const ready = async <Value>(then: () => Promise<Value>) => {
      await pending;
      return then();
    };
    const { setWeight: weigh, rollBack: back } = driver.commands;
    if (!weigh || !back) throw new Error('it has both');
    return {
      driver: {
        ...driver,
        observe: (call) => ready(() => driver.observe(call)),
        commands: {
          ...driver.commands,
          setWeight: { ...weigh, run: (call) => ready(() => weigh.run(call)) },
          rollBack: { ...back, run: (call) => ready(() => back.run(call)) },
        },
      },
      settle: async () => undefined,
      cutOff: deployment.close,
      refuse: become('refuse'),
      ignore: become('ignore'),
      answerLate: become('late'),
      behave: become('sound'),
      secrets: [token],
      close: deployment.close,
    };
  },
);

describe('The command driver', () => {
  let deployment: Deployment;
  beforeEach(async () => {
    deployment = await openDeployment();
  });
  afterEach(() => deployment.close());

  it('says with what a program ended, and its last words without secrets', async () => {
    await deployment.become({ behaviour: 'refuse' });
    await expect(rollBack(open(deployment))).rejects.toThrow(
      `${process.execPath} ended with 3: no permission with …`,
    );
  });

  it('ends a program that takes too long, and whatever it started', async () => {
    await deployment.become({ behaviour: 'late' });
    await expect(setWeight(open(deployment, { timeoutMs: 700 }), { weight: 10 })).rejects.toThrow(
      'was ended after 0.7 s.',
    );
    const child = Number(await readFile(`${deployment.file}.child`, 'utf8'));
    await eventually(async () => expect(isAlive(child)).toBe(false));
  });

  it('gives a program the variables that are named, and no others', async () => {
    vi.stubEnv('OF_TMINUS_ALONE', 'x');
    const printed = 'process.stdout.write(JSON.stringify(Object.keys(process.env)))';
    const driver = open(deployment, {
      observe: [process.execPath, '-e', printed],
      ...{ env: ['PATH', 'NOT_SET'], secretEnv: [] },
    });
    await expect(observe(driver)).rejects.toThrow('What observe prints is not a state');
    const echo = `console.error(Object.keys(process.env).sort().join()); process.exit(1)`;
    const loud = open(deployment, { rollBack: [process.execPath, '-e', echo], env: ['PATH'], secretEnv: [] });
    await expect(rollBack(loud)).rejects.toThrow('ended with 1: PATH');
  });

  it.each(['--force', '; touch /tmp/x', '$(id)', '../x', 'a b', ''])(
    'gives no program %j as a version',
    async (version) => {
      await expect(setWeight(open(deployment), { version, weight: 10 })).rejects.toThrow(
        `${JSON.stringify(version)} can't be given to a program as the version.`,
      );
    },
  );

  it('passes on words with blanks as one argument each, with no shell in between', async () => {
    const words = ['a b', '$HOME', '; exit 9', '`id`'];
    const echo = 'console.error(JSON.stringify(process.argv.slice(1))); process.exit(1)';
    const driver = open(deployment, { rollBack: [process.execPath, '-e', echo, ...words] });
    await expect(rollBack(driver)).rejects.toThrow(`ended with 1: ${JSON.stringify(words)}`);
  });

  it.each([
    ['not JSON', 'What observe prints has to be JSON, and nothing besides.'],
    ['{"stableVersion":"1"}', 'What observe prints is not a state: candidateVersion: '],
    ['x'.repeat(70_000), `${process.execPath} printed too much.`],
  ])('says what is wrong with a state', async (garbled, said) => {
    await deployment.become({ garbled });
    await expect(observe(open(deployment))).rejects.toThrow(said);
  });

  it('says that a program is not there', async () => {
    await expect(rollBack(open(deployment, { rollBack: ['/nowhere/deploy'] }))).rejects.toThrow(
      "/nowhere/deploy can't be started (ENOENT).",
    );
  });

  it('is not configured with what it does not know', () => {
    const read = testAdapters.drivers.schema.safeParse({ type: 'command', observe: ['deploy', '{verison}'] });
    expect(read.error?.issues[0]?.message).toBe(
      'knows no {verison}; it can have {version}, {weight}, {operation}, {target}',
    );
  });
});
