import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { createServer, request, type Server } from 'node:http';
import path from 'node:path';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { createTestDatabase, type TestDatabase } from '../support/services.ts';
import { type BotHome, type BotProcess, openBotHome } from './bot-process.ts';
import { releaseChannel } from './scene.ts';

let home: BotHome;
let database: TestDatabase;
let client: pg.Client;
beforeEach(async () => {
  [home, database] = await Promise.all([openBotHome(), createTestDatabase()]);
  client = new pg.Client({ connectionString: database.url });
  await client.connect();
  // Who waited for the end of the lease would wait for longer than the tests.
  const config = 'http: { port: 0 }\noutbox: { claimLeaseMs: 300000 }\n';
  await writeFile(path.join(home.dataDir, 'tminus.yaml'), config);
}, 30_000);
afterEach(async () => {
  await home.close();
  await client.end();
  await database.drop();
}, 30_000);

async function startBot(env: NodeJS.ProcessEnv = {}): Promise<BotProcess> {
  const bot = home.startBot({ DATABASE_URL: database.url, ...env });
  await eventually(() => expect(bot.said()).toContain('tminus is ready'), 60_000);
  return bot;
}

const put = (text: string) =>
  client.query(
    `insert into deliveries (id, destination, subject, content, created_at) values ($1, $2, $3, $4, now())`,
    [randomUUID(), `slack:channel:${releaseChannel}`, text, JSON.stringify({ summary: text, blocks: [] })],
  );
const shown = async () => (await home.control.messages(releaseChannel)).map(({ text }) => text);

async function kill({ child, ended }: BotProcess): Promise<void> {
  child.kill('SIGKILL');
  await ended;
}

/** Another process comes. */
async function expectBothOnce(): Promise<void> {
  await startBot();
  await eventually(async () => expect(await shown()).toEqual(['one', 'two']), 60_000);
  await eventually(async () => {
    const { rows } = await client.query('select subject, state, attempts from deliveries order by seq');
    expect(rows).toEqual([
      { subject: 'one', state: 'sent', attempts: 2 },
      { subject: 'two', state: 'sent', attempts: 1 },
    ]);
  });
  expect(await shown()).toEqual(['one', 'two']);
}

describe('a message that is being posted as its process is killed is posted once, and the next one follows soon', () => {
  it('when it has arrived', async () => {
    const killed = await startBot();
    await home.control.faults([{ kind: 'slow', methods: ['chat.postMessage'], times: 1, amount: 60_000 }]);
    await put('one');
    await put('two');
    await eventually(async () => expect(await shown()).toEqual(['one']));
    await kill(killed);
    await expectBothOnce();
  }, 240_000);

  it('when it has not', async () => {
    const wire = await openWire(home.apiUrl);
    const killed = await startBot({ SLACK_API_URL: wire.apiUrl });
    await put('one');
    await put('two');
    await eventually(() => expect(wire.swallowed()).toBe(1));
    await kill(killed);
    await wire.close();
    expect(await shown()).toEqual([]);
    await expectBothOnce();
  }, 240_000);
});

/** A way to the workspace on which messages are lost, and nothing is answered to them. */
async function openWire(apiUrl: string) {
  let swallowed = 0;
  const server: Server = createServer((from, to) => {
    if (from.url?.endsWith('chat.postMessage')) {
      swallowed += 1;
      return;
    }
    const { method = 'GET', headers } = from;
    const on = request(new URL(from.url?.slice(1) ?? '', apiUrl), { method, headers }, (answer) => {
      to.writeHead(answer.statusCode ?? 500, answer.headers);
      answer.pipe(to);
    });
    on.on('error', () => to.destroy());
    from.pipe(on);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('the wire has no port');
  return {
    apiUrl: `http://127.0.0.1:${address.port}/`,
    swallowed: () => swallowed,
    close: async () => {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}
