import { setTimeout as pause } from 'node:timers/promises';
import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres';
import pg from 'pg';
import type { Log } from './log.ts';
import { ormConfig } from './orm-config.ts';
import type * as schema from './schema/index.ts';
import { surviveBrokenConnections } from './survive-broken-connections.ts';

/** Drizzle over the whole schema. */
export type Orm = NodePgDatabase<typeof schema>;

/** Whatever runs a query: the pool, or a transaction's client. */
export interface Queryable {
  query<Row extends pg.QueryResultRow>(query: pg.QueryConfig): Promise<pg.QueryResult<Row>>;
}

/** The product's database. What needs no transaction asks it directly; the rest goes by `withTransaction`. */
export interface Database extends Queryable {
  pool: pg.Pool;
  orm: Orm;
  close(): Promise<void>;
}

/** Limits of one connection, in ms. The server's come first, so that it can say which statement was slow. */
const limits = {
  statement_timeout: 15_000,
  idle_in_transaction_session_timeout: 30_000,
  // A server that stalls without closing the connection answers nothing; then the client gives up itself.
  query_timeout: 20_000,
  connectionTimeoutMillis: 10_000,
};

/**
 * Opens a pool of up to `max` connections and waits until the database answers, at most `patienceMs`
 * (30 s unless told).
 * @throws DatabaseUnreachableError naming host and port, not the password.
 */
export async function openDatabase(input: {
  url: string;
  max: number;
  log: Log;
  patienceMs?: number;
}): Promise<Database> {
  const { url, max, log, patienceMs = 30_000 } = input;
  const pool = new pg.Pool({
    connectionString: url,
    max,
    keepAlive: true,
    application_name: `tminus ${process.pid}`,
    ...limits,
  });
  surviveBrokenConnections(pool, log);
  try {
    await waitForDatabase(pool, url, patienceMs);
  } catch (error) {
    await pool.end();
    throw error;
  }
  return {
    pool,
    orm: drizzle(pool, ormConfig),
    query: (query) => pool.query(query),
    close: () => pool.end(),
  };
}

/** The database did not answer; the message says where it was looked for and what to check. */
export class DatabaseUnreachableError extends Error {
  override readonly name = 'DatabaseUnreachableError';
}

async function waitForDatabase(pool: pg.Pool, url: string, patienceMs: number): Promise<void> {
  const deadline = Date.now() + patienceMs;
  for (;;) {
    try {
      await pool.query('SELECT 1');
      return;
    } catch (error) {
      if (isHopeless(error) || Date.now() > deadline) throw describe(error, url);
      await pause(200);
    }
  }
}

/** Wrong password, no such user, no such database: waiting doesn't help. */
function isHopeless(error: unknown): boolean {
  return error instanceof pg.DatabaseError && ['28P01', '28000', '3D000'].includes(error.code ?? '');
}

function describe(error: unknown, url: string): DatabaseUnreachableError {
  const { host, pathname } = new URL(url);
  const why =
    error instanceof Error ? error.message || ('code' in error ? String(error.code) : '') : String(error);
  return new DatabaseUnreachableError(
    `The database at ${host}${pathname} does not answer: ${why}. Check DATABASE_URL and that PostgreSQL runs there.`,
    { cause: error },
  );
}
