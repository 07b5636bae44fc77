import path from 'node:path';
import { expect, it } from 'vitest';
import { createControlClient } from '../../sandbox/control-client.ts';
import { readPostmasterFile } from '../../src/db/embedded-postgres/postgres-process.ts';
import { eventually } from '../support/eventually.ts';
import { takePort } from '../support/take-port.ts';
import { SandboxProcess } from './support/sandbox-process.ts';

it('the bot is started again when its database ended and the port is taken', async () => {
  await using sandbox = await SandboxProcess.start();
  const control = createControlClient(sandbox.url);
  const { pid: bot } = await control.bot();
  const { pid: postgres, port } = readPostmasterFile(path.join(sandbox.dataDir, 'postgres')) ?? {};
  if (!bot || !postgres || !port) throw new Error('The sandbox does not run.');
  // While the bot stands still, it can't bring the server back before the port is taken.
  process.kill(bot, 'SIGSTOP');
  process.kill(postgres, 'SIGKILL');
  const occupant = await takePort(port);
  process.kill(bot, 'SIGCONT');
  await eventually(async () => {
    expect(await control.bot()).toMatchObject({ state: 'running', restarts: 1 });
  }, 60_000);
  occupant.close();
});
