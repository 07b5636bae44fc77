import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { SandboxClock } from '../../sandbox/sandbox-clock.ts';
import { defaultSeed } from '../../sandbox/workspace/seed.ts';
import { type RunningWorkspace, startWorkspace } from '../../sandbox/workspace/start-workspace.ts';
import { slackManifest } from '../../src/bot/slack/manifest.ts';
import { readPostmasterFile } from '../../src/db/embedded-postgres/postgres-process.ts';
import { forgetProcesses } from '../db/embedded-postgres/embedded-process.ts';
import { eventually } from '../support/eventually.ts';

const tokens = { botToken: 'xoxb-tests', appToken: 'xapp-tests' };
const bots: ChildProcess[] = [];
let dataDir: string;
let workspace: RunningWorkspace;

beforeEach(async () => {
  dataDir = await mkdtemp(path.join(tmpdir(), 'tminus-lost-'));
  await writeFile(path.join(dataDir, 'tminus.yaml'), 'http: { port: 0 }\n');
  workspace = await startWorkspace({
    port: 0,
    dataDir,
    clock: new SandboxClock({ startMs: Date.now() }),
    seed: defaultSeed,
    signingSecret: 'secret',
    ...tokens,
    delivery: { kind: 'socket' },
    commands: [],
    scopes: [...(slackManifest({ mode: 'socket' }).oauth_config?.scopes?.bot ?? [])],
    events: [],
    limits: 'off',
  });
});
afterEach(async () => {
  for (const bot of bots.splice(0)) if (bot.exitCode === null) bot.kill('SIGKILL');
  await forgetProcesses(dataDir);
  await workspace.close();
  await rm(dataDir, { recursive: true, force: true });
});

/** `tminus start` with a PostgreSQL of its own, ready; `said` is its log. */
async function startBot(): Promise<{ bot: ChildProcess; said: () => string }> {
  const words = ['src/cli/main.ts', 'start', '--config', path.join(dataDir, 'tminus.yaml')];
  const env = {
    ...process.env,
    DATABASE_URL: '',
    REDIS_URL: '',
    SLACK_BOT_TOKEN: tokens.botToken,
    SLACK_APP_TOKEN: tokens.appToken,
    SLACK_API_URL: workspace.apiUrl,
    TMINUS_DATA_DIR: dataDir,
  };
  const bot = spawn(process.execPath, ['--import', 'tsx', ...words], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env,
  });
  bots.push(bot);
  let said = '';
  bot.stderr?.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  await eventually(() => expect(said).toContain('tminus is ready'), 30_000);
  return { bot, said: () => said };
}

const postmaster = () => readPostmasterFile(path.join(dataDir, 'postgres'));

it('ends with 1 and says the next step when its PostgreSQL has ended, and a new start goes on', async () => {
  const { bot, said } = await startBot();
  const ended = once(bot, 'exit');
  process.kill(postmaster()?.pid ?? 0, 'SIGKILL');
  expect(await ended).toEqual([1, null]);
  const errors = said()
    .split('\n')
    .filter((line) => line.includes('"level":50'))
    .map((line) => JSON.parse(line));
  expect(errors).toContainEqual(
    expect.objectContaining({
      error: expect.objectContaining({ message: expect.stringContaining('has ended by itself') }),
      msg: expect.stringContaining('The embedded PostgreSQL is lost; stopping. Start tminus again'),
    }),
  );
  // As it says.
  await startBot();
}, 60_000);
