import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../../src/lib/clock.ts';
import { testAdapters } from '../../support/test-adapters.ts';
import { command, observe, rollBack, setWeight } from '../call-driver.ts';
import { describeDriverContract } from '../driver-contract.ts';
import { TestGithub } from './test-github.ts';

const open = (github: TestGithub, change: Record<string, unknown> = {}) =>
  testAdapters.drivers.create(
    {
      ...{ type: 'github', repository: 'acme/shop', workflow: 'deploy.yml', token: github.token },
      ...{ apiUrl: github.url, timeoutMs: 2_000, ...change },
    },
    { clock: systemClock },
  );

/** 2.3.0 is what everybody has; 2.4.0 was brought to nobody yet. */
async function openGithub(): Promise<TestGithub> {
  const github = new TestGithub();
  await github.start();
  github.add('tminus 2.3.0 100% before', 'success');
  github.add('tminus 2.4.0 0% ready', 'success');
  return github;
}

for (const shares of [true, false])
  describeDriverContract(
    `The GitHub driver, of a workflow ${shares ? 'with' : 'without'} shares,`,
    {
      remembersOperations: shares,
      commands: [shares ? 'setWeight' : 'promote', 'rollBack'],
      ...(shares ? {} : { weights: [0, 100] }),
      deploys: true,
    },
    async () => {
      const github = await openGithub();
      const become = (behaviour: TestGithub['behaviour']) => () => {
        github.behaviour = behaviour;
      };
      return {
        driver: open(github, { shares }),
        settle: async () => github.settle(),
        cutOff: () => github.close(),
        refuse: become('refuse'),
        ignore: become('ignore'),
        answerLate: become('late'),
        behave: become('sound'),
        secrets: [github.token],
        close: () => github.close(),
      };
    },
  );

describe('A run of a workflow', () => {
  let github: TestGithub;
  beforeEach(async () => {
    github = await openGithub();
  });
  afterEach(() => github.close());

  it('has a number, which is kept with the operation, where GitHub tells it', async () => {
    const driver = open(github);
    expect(await command(driver, 'promote')).toBe(3);
    expect(await command(driver, 'promote')).toBe(3);
    github.isOld = true;
    expect(await command(driver, 'promote', 'another')).toBeNull();
    expect(github.runs.map((run) => run.display_title).slice(0, 2)).toEqual([
      'tminus 2.4.0 100% another',
      'tminus 2.4.0 100% promote',
    ]);
  });

  it('that is under way is cancelled by a rollback, once its own has begun', async () => {
    const driver = open(github);
    await command(driver, 'promote');
    expect((await observe(driver)).status.kind).toBe('progressing');
    await rollBack(driver);
    expect(github.requests.slice(-2)).toEqual([
      'POST /repos/acme/shop/actions/workflows/deploy.yml/dispatches',
      'POST /repos/acme/shop/actions/runs/3/cancel',
    ]);
    github.settle();
    expect(await observe(driver)).toMatchObject({
      weight: 0,
      stableVersion: '2.3.0',
      status: { kind: 'done' },
    });
  });

  it('that fails leaves the share as it was, and is told with its address', async () => {
    github.conclusion = 'failure';
    const driver = open(github, { shares: true });
    await setWeight(driver, { weight: 10 });
    github.settle();
    expect(await observe(driver)).toMatchObject({
      weight: 0,
      status: {
        kind: 'failed',
        reason: 'the workflow ended with failure: https://github.com/acme/shop/actions/runs/3',
      },
    });
  });

  it('that is not listed yet makes what the others say an older story', async () => {
    github.add('tminus 2.4.0 10% failed', 'failure');
    const driver = open(github);
    const target = { name: 'target', version: '2.4.0' };
    const state = await driver.observe({ target, operation: { id: 'new', returned: null } });
    expect(state.generation).toEqual({ wanted: 1, seen: 0 });
  });

  it('that a person has started is none of an operation', async () => {
    github.add('Deploy by hand', 'failure');
    expect((await observe(open(github))).status.kind).toBe('done');
  });

  it('of another version for everyone takes the traffic of this one', async () => {
    github.add('tminus 2.4.0 100% one', 'success');
    github.add('tminus 2.5.0 100% two', 'success');
    expect(await observe(open(github))).toMatchObject({ stableVersion: '2.5.0', weight: 0 });
  });

  it.each(['a b', '$(id)', '-x'])('can not be of a version such as %j', async (version) => {
    await expect(command(open(github), 'promote', 'one', version)).rejects.toThrow("can't be an input");
  });

  it.each([
    [{ token: 'wrong' }, 'GitHub does not accept the token of the driver.'],
    [{ workflow: 'other.yml' }, 'GitHub answered HTTP 404: Not Found'],
    [{ ref: 'nowhere' }, 'GitHub answered HTTP 422: No ref found for: nowhere'],
  ])('that can not be had with %j is refused in the words of GitHub', async (change, said) => {
    await expect(command(open(github, change), 'promote')).rejects.toThrow(said);
  });
});
