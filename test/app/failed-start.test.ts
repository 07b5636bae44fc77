import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startWebApiDouble } from '../bot/slack/web-api-double.ts';
import { forgetProcesses } from '../db/embedded-postgres/embedded-process.ts';

let dataDir: string;
let slack: Awaited<ReturnType<typeof startWebApiDouble>>;
const bots: ChildProcess[] = [];

const goodBot = { ok: true, team_id: 'T1', bot_id: 'B1', user_id: 'U1' };
/** What Slack answers by method. */
let answers: Record<string, Record<string, unknown>>;

beforeEach(async () => {
  dataDir = await mkdtemp(path.join(tmpdir(), 'tminus-failed-'));
  await writeFile(path.join(dataDir, 'tminus.yaml'), 'http: { port: 0 }\n');
  slack = await startWebApiDouble(({ method }) => answers[method] ?? { ok: true });
});
afterEach(async () => {
  for (const bot of bots.splice(0)) if (bot.exitCode === null) bot.kill('SIGKILL');
  await slack.close();
  await forgetProcesses(dataDir);
  await rm(dataDir, { recursive: true, force: true });
});

/** `tminus start` until it has ended by itself. */
async function start(): Promise<{ exitCode: number | null; said: string[] }> {
  const words = ['src/cli/main.ts', 'start', '--config', path.join(dataDir, 'tminus.yaml')];
  const env = {
    ...process.env,
    DATABASE_URL: '',
    REDIS_URL: '',
    SLACK_BOT_TOKEN: 'xoxb-tests',
    SLACK_APP_TOKEN: 'xapp-tests',
    SLACK_API_URL: slack.apiUrl,
    TMINUS_DATA_DIR: dataDir,
  };
  const bot = spawn(process.execPath, ['--import', 'tsx', ...words], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env,
  });
  bots.push(bot);
  let text = '';
  bot.stderr?.setEncoding('utf8').on('data', (part: string) => {
    text += part;
  });
  const [exitCode] = await once(bot, 'close');
  return { exitCode, said: text.trim().split('\n') };
}

describe('a start that Slack refuses ends with 1, leaves no PostgreSQL, and says', () => {
  const refused = (error: string, more = {}) => ({ ok: false, error, ...more });
  const cases = [
    {
      name: 'that the bot token is wrong',
      answers: { 'auth.test': refused('invalid_auth') },
      says: /^Slack refuses SLACK_BOT_TOKEN \(invalid_auth\)\. Set the Bot User OAuth Token, which begins with xoxb-/,
    },
    {
      name: 'that the app token is wrong',
      answers: { 'auth.test': goodBot, 'apps.connections.open': refused('invalid_auth') },
      says: /^Slack refuses SLACK_APP_TOKEN \(invalid_auth\)\. Set an app-level token with the scope connections:write/,
    },
    {
      name: 'which scope the app token lacks',
      answers: {
        'auth.test': goodBot,
        'apps.connections.open': refused('missing_scope', { needed: 'connections:write' }),
      },
      says: /^SLACK_APP_TOKEN lacks the permission connections:write\. .*generate another app-level token/,
    },
  ];
  it.each(cases)(
    '$name',
    async ({ answers: given, says }) => {
      answers = given;
      const { exitCode, said } = await start();
      expect(exitCode).toBe(1);
      expect(said.at(-1)).toMatch(says);
      expect(existsSync(path.join(dataDir, 'postgres', 'postmaster.pid'))).toBe(false);
    },
    40_000,
  );
});
