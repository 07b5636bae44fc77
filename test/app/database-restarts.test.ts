import path from 'node:path';
import pg from 'pg';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { type MortalPostgres, startMortalPostgres } from '../support/mortal-postgres.ts';
import { type BotHome, openBotHome } from './bot-process.ts';

let home: BotHome;
let postgres: MortalPostgres;
beforeEach(async () => {
  home = await openBotHome();
  postgres = await startMortalPostgres(path.join(home.dataDir, 'server'));
});
afterEach(async () => {
  await home.close();
  await postgres.close();
});

/** Migrations wait for this lock until the connection that this returns ends, or the server does. */
async function holdMigrations(): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: postgres.url });
  client.on('error', () => undefined);
  await client.connect();
  await client.query('SELECT pg_advisory_lock($1)', [0x746d6967]);
  return client;
}

async function untilSomebodyWaits(client: pg.Client): Promise<void> {
  await eventually(async () => {
    const { rowCount } = await client.query(
      `SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted`,
    );
    expect(rowCount).toBe(1);
  }, 30_000);
}

it('lives through a PostgreSQL that is killed while it starts and while it runs', async () => {
  const holder = await holdMigrations();
  const bot = home.startBot({ DATABASE_URL: postgres.url });
  await untilSomebodyWaits(holder);
  postgres.kill();
  await postgres.startAgain();
  await eventually(() => expect(bot.said()).toContain('tminus is ready'), 30_000);
  expect(bot.said()).toContain('the database went away during the start; starting again');

  const { http } = JSON.parse(
    bot
      .said()
      .split('\n')
      .find((line) => line.includes('tminus is ready')) ?? '{}',
  );
  const health = async () => (await fetch(`${http}/healthz`)).status;
  for (let times = 0; times < 2; times++) {
    postgres.kill();
    await eventually(async () => expect(await health()).toBe(503), 15_000);
    await postgres.startAgain();
    await eventually(async () => expect(await health()).toBe(200), 15_000);
  }
  expect(bot.child.exitCode).toBeNull();
  bot.child.kill('SIGTERM');
  expect(await bot.ended).toBe(0);
}, 120_000);
