import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Redis } from 'ioredis';
import pg from 'pg';
import { startEmbeddedPostgres } from '../src/db/embedded-postgres/start-embedded-postgres.ts';
import { silentLog } from '../src/lib/log.ts';
import { failRun, runAlone, withDatabase } from '../test/support/start-postgres.ts';
import { startRedis } from '../test/support/start-redis.ts';

/** PostgreSQL and Redis of one run, with the settings that they have in production. */
export interface Servers {
  redisUrl: string;
  versions: { postgres: string; redis: string };
  /** A new, empty database. */
  createDatabase(name: string): Promise<string>;
  stop(): Promise<void>;
}

/** Starts both in a temporary folder. */
export async function startServers(): Promise<Servers> {
  const folder = await mkdtemp(path.join(tmpdir(), `tminus-bench-${process.pid}-`));
  const [postgres, redis] = await Promise.all([
    startEmbeddedPostgres({
      dataDir: folder,
      log: silentLog,
      settings: { max_connections: '200' },
      onLost: failRun,
    }),
    startRedis(folder),
  ]);
  return {
    redisUrl: redis.url,
    versions: { postgres: await postgresVersion(postgres.url), redis: await redisVersion(redis.url) },
    createDatabase: async (name) => {
      await runAlone(postgres.url, `CREATE DATABASE ${name} TEMPLATE template0`);
      return withDatabase(postgres.url, name);
    },
    stop: async () => {
      await Promise.all([postgres.stop(), redis.stop()]);
      await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
    },
  };
}

async function postgresVersion(url: string): Promise<string> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query<{ server_version: string }>('SHOW server_version');
  await client.end();
  return rows[0]?.server_version ?? 'unknown';
}

async function redisVersion(url: string): Promise<string> {
  const client = new Redis(url);
  const info = await client.info('server');
  client.disconnect();
  return /redis_version:(\S+)/.exec(info)?.[1] ?? 'unknown';
}
