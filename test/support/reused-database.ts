import { type Database, openDatabase } from '../../src/db/open-database.ts';
import { silentLog } from '../../src/lib/log.ts';
import { createTestDatabase } from './services.ts';

/**
 * To empty a database takes a hundredth of the time that a new one takes, so a worker uses few. They end with the
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
  await db.pool.query(emptyEveryTable);
  free.push(db);
}

/**
 * To delete a few rows takes a hundredth of the time that TRUNCATE takes, which makes new files for each table; tables
 * that have grown get them. The audit trail refuses to be emptied; in a session of this role its triggers sleep.
 */
const emptyEveryTable = `do $$
  declare
    one record;
  begin
    set local session_replication_role = replica;
    for one in
      select oid::regclass as name, pg_relation_size(oid) as bytes from pg_class
      where relnamespace = 'public'::regnamespace and relkind = 'r'
    loop
      if one.bytes > 128 * 1024 then execute format('truncate %s cascade', one.name);
      elsif one.bytes > 0 then execute format('delete from %s', one.name);
      end if;
    end loop;
    perform setval(seqrelid, seqstart, false) from pg_sequence
      join pg_class on oid = seqrelid where relnamespace = 'public'::regnamespace;
  end
$$`;
