import { afterAll } from 'vitest';
import { silentLog } from '../../src/db/log.ts';
import { type Database, openDatabase } from '../../src/db/open-database.ts';
import { createTestDatabase, type TestDatabase } from './services.ts';

/** To empty a database takes a tenth of the time that a new one takes, so a test file uses few. */
const free: Database[] = [];
const opened: { db: Database; database: TestDatabase }[] = [];

/** An empty database, for as long as one test takes. */
export async function borrowDatabase(): Promise<Database> {
  const used = free.pop();
  if (used) return used;
  const database = await createTestDatabase();
  const db = await openDatabase({ url: database.url, max: 12, log: silentLog });
  opened.push({ db, database });
  return db;
}

/** Empties a database and keeps it for the next test of the file. */
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

afterAll(async () => {
  for (const { db, database } of opened.splice(0)) {
    await db.close();
    await database.drop();
  }
});
