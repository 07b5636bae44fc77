import path from 'node:path';
import { expect, it } from 'vitest';
import { createControlClient } from '../../sandbox/control-client.ts';
import { readPostmasterFile } from '../../src/db/embedded-postgres/postgres-process.ts';
import { eventually } from '../support/eventually.ts';
import { SandboxProcess } from './support/sandbox-process.ts';

it('the bot is started again, with its database, when that has ended', async () => {
  await using sandbox = await SandboxProcess.start();
  const control = createControlClient(sandbox.url);
  const { pid: postgres } = readPostmasterFile(path.join(sandbox.dataDir, 'postgres')) ?? {};
  if (!postgres) throw new Error('The sandbox does not run.');
  process.kill(postgres, 'SIGKILL');
  await eventually(async () => {
    expect(await control.bot()).toMatchObject({ state: 'running', restarts: 1 });
  }, 60_000);
});
