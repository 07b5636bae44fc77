import { type Database, openDatabase } from '../../src/db/open-database.ts';
import { silentLog } from '../../src/lib/log.ts';
import { createTestDatabase } from './services.ts';

/**
 * To empty a database takes a tenth of the time that a new one takes, so a worker uses few. They end with the
 * server, after the last test.
 */
const free: Database[] = [];

/** An empty database, for as long as one test takes. */
export async function borrowDatabase(): Promise<Database> {
  const used = free.pop();
  if (used) return used;
  const { url } = await createTestDatabase();
  return openDatabase({ url, max: 12, log: silentLog });
}

/** Empties a database and keeps it for the next test. */
export async function returnDatabase(db: Database): Promise<void> {
  const { rows } = await db.pool.query<{ tables: string }>(
    `select string_agg(quote_ident(tablename), ', ') as tables from pg_tables where schemaname = 'public'`,
  );
  // The audit trail refuses to be emptied; in a session of this role its triggers sleep.
  await db.pool.query(
    `begin; set local session_replication_role = replica; truncate ${rows[0]?.tables} restart identity; commit`,
  );
  free.push(db);
}
