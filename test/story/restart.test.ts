import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { createControlClient } from '../../sandbox/control-client.ts';
import { isLiveServer, readPostmasterFile } from '../../src/db/embedded-postgres/postgres-process.ts';
import { findTestPort } from '../support/test-port.ts';
import { type CliProcess, startCli } from './support/cli.ts';

const started: CliProcess[] = [];
const folders: string[] = [];

/** A folder that is not there yet, and goes away with the test. */
async function newFolder(): Promise<string> {
  const parent = await mkdtemp(path.join(tmpdir(), 'tminus-story-'));
  folders.push(parent);
  return path.join(parent, 'data');
}

/** Port 0 unless told otherwise, so that no two of them meet. */
function startSandboxCli(dataDir: string, port = '0'): CliProcess {
  const cli = startCli(['sandbox', '--data', dataDir, '--port', port]);
  started.push(cli);
  return cli;
}

afterEach(async () => {
  for (const { child, exit } of started.splice(0)) {
    if (child.exitCode === null) child.kill('SIGINT');
    await exit();
  }
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true });
});

it('stops in order on Ctrl-C, and goes on where it was', async () => {
  const dataDir = await newFolder();
  const first = startSandboxCli(dataDir);
  const [, url = ''] = await first.says(/Open (\S+) in a browser/);
  expect(first.said()).toContain('Planned the example release web-2.4.0');
  expect(first.said()).toContain(`${dataDir}/sandbox/bot.log`);
  const control = createControlClient(url);
  await control.changeClock({ paused: true });
  const before = { clock: (await control.clock()).nowMs, messages: await control.messages('C0RELEASE') };
  const postgres = readPostmasterFile(`${dataDir}/postgres`)?.pid ?? 0;
  expect(isLiveServer(postgres, `${dataDir}/postgres`)).toBe(true);

  first.child.kill('SIGINT');
  expect(await first.exit(), first.said()).toBe(0);
  expect(isLiveServer(postgres, `${dataDir}/postgres`)).toBe(false);
  expect(existsSync(`${dataDir}/postgres/postmaster.pid`)).toBe(false);

  const second = startSandboxCli(dataDir);
  const [, again = ''] = await second.says(/Open (\S+) in a browser/);
  expect(second.said()).toContain('Going on with web-2.4.0, as it was.');
  const after = createControlClient(again);
  expect((await after.clock()).nowMs).toBe(before.clock);
  expect(await after.messages('C0RELEASE')).toEqual(before.messages);
});

it('stops in order on Ctrl-C in the middle of its first start', async () => {
  const dataDir = await newFolder();
  const cli = startSandboxCli(dataDir);
  await cli.says(/Starting the bot/);
  cli.child.kill('SIGINT');
  expect(await cli.exit(), cli.said()).toBe(0);
  expect(existsSync(`${dataDir}/postgres/postmaster.pid`)).toBe(false);
});

it('refuses a folder in which another one runs, names that one, and leaves it alone', async () => {
  const dataDir = await newFolder();
  const first = startSandboxCli(dataDir);
  const [, url = ''] = await first.says(/Open (\S+) in a browser/);
  const second = startSandboxCli(dataDir);
  expect(await second.exit()).toBe(1);
  expect(second.said()).toContain(
    `${dataDir} is in use by a sandbox that runs at ${url} (process ${first.child.pid}). ` +
      'Use that one, or stop it, or give this one a folder of its own with --data.',
  );
  expect((await createControlClient(url).bot()).state).toBe('running');
});

it('says what to do when the port is taken', async () => {
  const port = await findTestPort();
  const server = createServer().listen({ port, host: '127.0.0.1' });
  try {
    const cli = startSandboxCli(await newFolder(), String(port));
    expect(await cli.exit()).toBe(1);
    expect(cli.said()).toContain(
      `Port ${port} is taken by another program. Choose another with --port; 0 takes any free one.`,
    );
  } finally {
    server.close();
  }
});
