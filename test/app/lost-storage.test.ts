import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { readPostmasterFile } from '../../src/db/embedded-postgres/postgres-process.ts';
import { eventually } from '../support/eventually.ts';
import { type BotHome, type BotProcess, openBotHome } from './bot-process.ts';

let home: BotHome;
beforeEach(async () => {
  home = await openBotHome();
});
afterEach(() => home.close());

/** `tminus start` with a PostgreSQL of its own, ready. */
async function startBot(): Promise<BotProcess> {
  const bot = home.startBot();
  await eventually(() => expect(bot.said()).toContain('tminus is ready'), 30_000);
  return bot;
}

it('ends with 1 and says the next step when its PostgreSQL has ended, and a new start goes on', async () => {
  const bot = await startBot();
  process.kill(readPostmasterFile(path.join(home.dataDir, 'postgres'))?.pid ?? 0, 'SIGKILL');
  expect(await bot.ended).toBe(1);
  const errors = bot
    .said()
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
