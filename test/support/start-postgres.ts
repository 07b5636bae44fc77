import pg from 'pg';
import { startEmbeddedPostgres } from '../../src/db/embedded-postgres/start-embedded-postgres.ts';
import { migrateDatabase } from '../../src/db/migrate.ts';
import { connectPostgres } from '../../src/jobs/queue/postgres-connection.ts';
import { silentLog } from '../../src/lib/log.ts';

/** Each test's database is a copy of this one, which takes a few hundredths of a second. */
export const templateDatabase = 'tminus_template';

/** An error that nobody handles ends the run. */
export const failRun = (error: unknown): never => {
  throw error;
};

/** Safe to lose, so nothing waits for a disk; many test files at once, so many connections. */
const settings = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '400' };

/** A PostgreSQL of the run's own, with the migrated template in it. */
export async function startTestPostgres(dataDir: string): Promise<{ url: string; stop(): Promise<void> }> {
  const server = await startEmbeddedPostgres({ dataDir, log: silentLog, settings, onLost: failRun });
  const template = withDatabase(server.url, templateDatabase);
  await runAlone(server.url, `CREATE DATABASE ${templateDatabase}`);
  await migrateDatabase({ url: template });
  // The queue brings its own schema.
  await (await connectPostgres({ url: template, log: silentLog })).close();
  return server;
}

/** The same server, another database. */
export function withDatabase(url: string, database: string): string {
  const other = new URL(url);
  other.pathname = `/${database}`;
  return other.href;
}

/** Runs one statement on a connection of its own. */
export async function runAlone(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
