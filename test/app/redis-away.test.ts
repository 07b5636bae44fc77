import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { createTestDatabase, type TestDatabase } from '../support/services.ts';
import { startRedis, type TestRedis } from '../support/start-redis.ts';
import { type BotHome, openBotHome } from './bot-process.ts';

let home: BotHome;
let redis: TestRedis;
let database: TestDatabase;
beforeEach(async () => {
  home = await openBotHome();
  [redis, database] = await Promise.all([startRedis(path.join(home.dataDir)), createTestDatabase()]);
});
afterEach(async () => {
  await home.close();
  await Promise.all([redis.stop(), database.drop()]);
});

it('says little while Redis is away, and stops in order then', async () => {
  const bot = home.startBot({ DATABASE_URL: database.url, REDIS_URL: redis.url });
  await eventually(() => expect(bot.said()).toContain('tminus is ready'), 30_000);
  const before = bot.said().length;
  await redis.kill();
  await pause(12_000);
  const lines = bot.said().slice(before).trim().split('\n');
  expect(lines.filter((line) => line.includes('"level":40'))).toHaveLength(1);
  expect(lines.filter((line) => line.includes('"level":50'))).toEqual([]);

  const began = Date.now();
  bot.child.kill('SIGTERM');
  expect(await bot.ended).toBe(0);
  expect(Date.now() - began).toBeLessThan(10_000);
}, 120_000);
