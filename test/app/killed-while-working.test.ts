import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Message } from '../../sandbox/control-api.ts';
import { eventually } from '../support/eventually.ts';
import {
  click,
  emil,
  goLive,
  openPoll,
  planRelease,
  priya,
  seePost,
  seePrivately,
  submit,
  type,
} from './scene.ts';
import { startTestApp, type TestApp } from './start-test-app.ts';

const working = 'Working on it…';
let app: TestApp;
let poll: Message;
let dir: string;
let bot: ChildProcess;

/** What people asked for before is done by the bot within the tests; then it is one that can be killed. */
beforeAll(async () => {
  app = await startTestApp('socket');
  await goLive(app, await planRelease(app, { key: 'back-1.0' }));
  await type(app, 'U0DANA', '/promote back-1.0 --yes');
  await seePost(app, /^back-1.0: started with 1 %/);
  poll = await openPoll(app, await planRelease(app, { key: 'web-2.4.0' }));
  await app.app.stop();
  dir = await mkdtemp(path.join(tmpdir(), 'tminus-killed-'));
  const driver = { type: 'demo', adminUrl: app.demo.adminUrl, token: app.demo.adminToken };
  const metrics = { type: 'prometheus-text', url: app.demo.metricsUrl };
  const pace = { postIntervalMs: 0, editIntervalMs: 0 };
  const config = {
    http: { port: 0 },
    drivers: { demo: driver },
    metrics: { demo: metrics },
    slack: { pace },
  };
  await writeFile(path.join(dir, 'tminus.yaml'), JSON.stringify(config));
  bot = await startBot();
}, 60_000);
afterAll(async () => {
  bot?.kill('SIGKILL');
  await app.stop();
  await rm(dir, { recursive: true, force: true });
});

/** `tminus start` over the storage of the tests, ready. */
async function startBot(): Promise<ChildProcess> {
  const words = ['src/cli/main.ts', 'start', '--config', path.join(dir, 'tminus.yaml')];
  const env = {
    ...process.env,
    DATABASE_URL: app.database.url,
    REDIS_URL: '',
    SLACK_BOT_TOKEN: 'xoxb-tests',
    SLACK_APP_TOKEN: 'xapp-tests',
    SLACK_API_URL: app.workspace.apiUrl,
    TMINUS_DATA_DIR: dir,
  };
  const child = spawn(process.execPath, ['--import', 'tsx', ...words], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env,
  });
  let said = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  await eventually(() => expect(said).toContain('tminus is ready'), 30_000);
  return child;
}

async function query(text: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: app.database.url });
  await client.connect();
  try {
    return (await client.query(text)).rows;
  } finally {
    await client.end();
  }
}

/** The rows of all releases are locked until the acts are acknowledged and the bot is killed. */
async function killWhileWorking(act: () => Promise<void>): Promise<void> {
  const other = new pg.Client({ connectionString: app.database.url });
  await other.connect();
  try {
    await other.query('begin');
    await other.query('select from releases for update');
    await act();
    const ended = once(bot, 'exit');
    bot.kill('SIGKILL');
    await ended;
  } finally {
    await other.end();
  }
}

it('does and answers after a restart what was acknowledged before it was killed', async () => {
  await type(app, emil, '/rollback back-1.0');
  await killWhileWorking(async () => {
    const voting = click(app, priya, 'vote-go', { channel: poll.channel, ts: poll.ts });
    const rollback = await submit(app, emil, { reason: 'Checkout fails.' });
    expect(rollback).toMatchObject({ status: 'acknowledged', view: { title: working } });
    expect((await voting).status).toBe('acknowledged');
    await seePrivately(app, priya, working);
  });
  const asked = () => query('select kind from late_requests order by kind');
  expect(await asked()).toEqual([{ kind: 'action' }, { kind: 'form' }]);
  const trail = () =>
    query(`select body::jsonb ->> 'actor' as actor, body::jsonb ->> 'action' as action, chain, seq from audit_events
      where body::jsonb ->> 'actor' in ('slack:${priya}', 'slack:${emil}') order by actor, chain, seq`);
  const before = await trail();

  bot = await startBot();
  await seePrivately(app, priya, 'Done.');
  await seePost(app, /✅ Go: .*Priya Raman \(Product Owner\)/);
  await eventually(async () => expect((await app.control.views(emil))[0]?.title).toBe('Rolled back'));
  await seePost(app, /^back-1.0: rolled back$/);
  const known = new Set(before.map((event) => JSON.stringify(event)));
  expect((await trail()).filter((event) => !known.has(JSON.stringify(event)))).toEqual([
    expect.objectContaining({ actor: `slack:${emil}`, action: 'operation.rollback.requested' }),
    expect.objectContaining({ actor: `slack:${priya}`, action: 'vote.cast' }),
  ]);
  await eventually(async () => expect(await asked()).toEqual([]));
}, 90_000);
