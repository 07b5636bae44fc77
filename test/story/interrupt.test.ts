import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createControlClient } from '../../sandbox/control-client.ts';
import { isLiveServer, readPostmasterFile } from '../../src/db/embedded-postgres/postgres-process.ts';
import { type CliProcess, startNpmSandbox } from './support/cli.ts';

let parent: string;
let npm: CliProcess;

beforeEach(async () => {
  parent = await mkdtemp(path.join(tmpdir(), 'tminus-interrupt-'));
});

afterEach(async () => {
  signalGroup('SIGKILL');
  await npm.exit();
  await rm(parent, { recursive: true, force: true });
});

/** Nothing happens when the whole group is gone, as it should be. */
function signalGroup(signal: NodeJS.Signals): void {
  const { pid } = npm.child;
  if (pid === undefined) throw new Error('npm did not start');
  try {
    process.kill(-pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

it('ends in order when Ctrl-C reaches npm and the sandbox at once', async () => {
  const dataDir = path.join(parent, 'data');
  npm = startNpmSandbox(['--data', dataDir, '--port', '0']);
  const [, url = ''] = await npm.says(/Open (\S+) in a browser/);

  const control = createControlClient(url);
  for (const person of ['U0RITA', 'U0TOM']) {
    const read = [
      await control.messages('C0RELEASE', { person }),
      await control.messages('C0GENERAL', { person }),
    ].flat();
    expect(read.map(({ text }) => text).filter((text) => text.includes('There is no release'))).toEqual([]);
  }
  const rita = await control.messages('C0RELEASE', { person: 'U0RITA' });
  expect(rita.filter(({ onlyFor }) => onlyFor === 'U0RITA')).toEqual([]);

  const running = path.join(dataDir, 'sandbox', 'running.json');
  const postgres = readPostmasterFile(`${dataDir}/postgres`)?.pid ?? 0;
  expect(existsSync(running)).toBe(true);
  expect(isLiveServer(postgres, `${dataDir}/postgres`)).toBe(true);

  signalGroup('SIGINT');
  await npm.exit();
  expect(npm.said().match(/Stopping; the next start goes on from here/g)).toHaveLength(1);
  expect(existsSync(running), npm.said()).toBe(false);
  expect(isLiveServer(postgres, `${dataDir}/postgres`)).toBe(false);
  expect(existsSync(`${dataDir}/postgres/postmaster.pid`)).toBe(false);
});
