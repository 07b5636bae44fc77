import { mkdtempSync, readdirSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { isAlive } from '../../src/lib/process-state.ts';
import { startTestPostgres } from './start-postgres.ts';
import { startTestRedis } from './start-redis.ts';
import { stopStrays } from './stop-strays.ts';

/** Where this run's services are. */
export interface TestServices {
  /** Of the server's own database; tests make theirs with `createTestDatabase`. */
  postgresUrl: string;
  redisUrl: string;
}

const prefix = 'tminus-test-';

/** Starts PostgreSQL and Redis for one run, in a folder that goes away with it. */
export async function startServices(): Promise<{ services: TestServices; stop(): Promise<void> }> {
  await removeAbandonedRuns();
  const folder = mkdtempSync(path.join(tmpdir(), `${prefix}${process.pid}-`));
  const [postgres, redis] = await Promise.all([startTestPostgres(folder), startTestRedis(folder)]);
  return {
    services: { postgresUrl: postgres.url, redisUrl: redis.url },
    stop: async () => {
      await Promise.all([postgres.stop(), redis.stop()]);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** A killed run leaves its servers behind. */
async function removeAbandonedRuns(): Promise<void> {
  for (const name of readdirSync(tmpdir())) {
    const pid = new RegExp(`^${prefix}(\\d+)-`).exec(name)?.[1];
    if (!pid || isAlive(Number(pid))) continue;
    const folder = path.join(tmpdir(), name);
    stopStrays(folder);
    await rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 });
  }
}
