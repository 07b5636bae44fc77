import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type ControlClient, createControlClient } from '../../sandbox/control-client.ts';
import { SandboxClock } from '../../sandbox/sandbox-clock.ts';
import { defaultSeed } from '../../sandbox/workspace/seed.ts';
import { startWorkspace } from '../../sandbox/workspace/start-workspace.ts';
import { slackManifest } from '../../src/bot/slack/manifest.ts';
import { forgetProcesses } from '../db/embedded-postgres/embedded-process.ts';

const tokens = { botToken: 'xoxb-tests', appToken: 'xapp-tests' };

/** `tminus start` as a process of its own. */
export interface BotProcess {
  child: ChildProcess;
  /** Its log so far. */
  said(): string;
  /** Its exit code, once it has ended. */
  ended: Promise<number | null>;
}

/** A folder and a local workspace for bots that are processes of their own. */
export interface BotHome {
  dataDir: string;
  /** Acts in the workspace, and reads what is there. */
  control: ControlClient;
  /** Base of the workspace's Web API. */
  apiUrl: string;
  startBot(env?: NodeJS.ProcessEnv): BotProcess;
  close(): Promise<void>;
}

export async function openBotHome(): Promise<BotHome> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'tminus-bot-'));
  await writeFile(path.join(dataDir, 'tminus.yaml'), 'http: { port: 0 }\n');
  const bots: ChildProcess[] = [];
  const workspace = await startWorkspace({
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
  return {
    dataDir,
    control: createControlClient(workspace.url),
    apiUrl: workspace.apiUrl,
    startBot: (env = {}) => {
      const bot = spawnBot(dataDir, { SLACK_API_URL: workspace.apiUrl, ...env });
      bots.push(bot.child);
      return bot;
    },
    close: async () => {
      for (const bot of bots) if (bot.exitCode === null) bot.kill('SIGKILL');
      await forgetProcesses(dataDir);
      await workspace.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

function spawnBot(dataDir: string, given: NodeJS.ProcessEnv): BotProcess {
  const words = ['src/cli/main.ts', 'start', '--config', path.join(dataDir, 'tminus.yaml')];
  const env = {
    ...process.env,
    DATABASE_URL: '',
    REDIS_URL: '',
    SLACK_BOT_TOKEN: tokens.botToken,
    SLACK_APP_TOKEN: tokens.appToken,
    TMINUS_DATA_DIR: dataDir,
    ...given,
  };
  const child = spawn(process.execPath, ['--import', 'tsx', ...words], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env,
  });
  let said = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  return { child, said: () => said, ended: once(child, 'exit').then(([code]) => code) };
}
