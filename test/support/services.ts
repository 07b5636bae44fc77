import { randomUUID } from 'node:crypto';
import { inject } from 'vitest';
import { runAlone, templateDatabase, withDatabase } from './start-postgres.ts';

/** An empty, migrated database for one test file. Close every pool before `drop`. */
export interface TestDatabase {
  url: string;
  drop(): Promise<void>;
}

/** A fifth of the work of PostgreSQL's default, which writes every page to the write-ahead log. */
const asFiles = 'STRATEGY file_copy';

/** Copies the migrated template. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const { postgresUrl } = inject('services');
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await runAlone(postgresUrl, `CREATE DATABASE ${name} TEMPLATE ${templateDatabase} ${asFiles}`);
  return {
    url: withDatabase(postgresUrl, name),
    drop: () => runAlone(postgresUrl, `DROP DATABASE ${name} WITH (FORCE)`),
  };
}

/** A database without any table. */
export async function createEmptyDatabase(): Promise<TestDatabase> {
  const { postgresUrl } = inject('services');
  const name = `empty_${randomUUID().replaceAll('-', '')}`;
  await runAlone(postgresUrl, `CREATE DATABASE ${name} TEMPLATE template0 ${asFiles}`);
  return {
    url: withDatabase(postgresUrl, name),
    drop: () => runAlone(postgresUrl, `DROP DATABASE ${name} WITH (FORCE)`),
  };
}

/** The run's Redis, shared by all test files: use a key prefix of your own. */
export function testRedisUrl(): string {
  return inject('services').redisUrl;
}
