import pg from 'pg';
import type { Log } from '../lib/log.ts';
import { queriesOn } from './queries-on.ts';
import { surviveBrokenConnections } from './survive-broken-connections.ts';
import type { Queries } from './transaction.ts';
import { waitForDatabase } from './wait-for-database.ts';

/** The product's database. What needs no transaction asks it directly; the rest goes by `withTransaction`. */
export type Database = Queries & {
  pool: pg.Pool;
  close(): Promise<void>;
};

/** Limits of one connection, in ms. The server's come first, so that it can say which statement was slow. */
const limits = {
  statement_timeout: 15_000,
  idle_in_transaction_session_timeout: 30_000,
  // A server that stalls without closing the connection answers nothing; then the client gives up itself.
  query_timeout: 20_000,
  connectionTimeoutMillis: 10_000,
};

/**
 * Waits until the database answers, at most `timeoutMs` (30 s unless told), and opens a pool of up to `max`
 * connections to it.
 * @throws DatabaseUnreachableError naming host and database.
 */
export async function openDatabase(input: {
  url: string;
  max: number;
  log: Log;
  timeoutMs?: number;
  /** It is known to answer: nobody waits for it. */
  answers?: boolean;
}): Promise<Database> {
  const { url, max, log, timeoutMs = 30_000 } = input;
  if (!input.answers) await waitForDatabase(url, timeoutMs);
  const pool = new pg.Pool({
    connectionString: url,
    max,
    keepAlive: true,
    // Statements that don't need each other's answers go out together, as `Promise.all`.
    pipeline: true,
    application_name: `tminus ${process.pid}`,
    ...limits,
  });
  surviveBrokenConnections(pool, log);
  return Object.assign(queriesOn(pool), { pool, close: () => pool.end() });
}
