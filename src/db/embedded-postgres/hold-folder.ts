import { setTimeout as pause } from 'node:timers/promises';
import type pg from 'pg';
import { EmbeddedPostgresError } from './embedded-postgres-error.ts';

/** Any number will do, as long as it stays the same: "tminus" in letters. */
const lockKey = 0x746d696e;

/** A killed holder's connection lingers until its server notices, which is far less than this. */
const timeoutMs = 5000;

/**
 * Takes the folder for this process: a session lock that PostgreSQL itself gives back when the process
 * ends, however it ends. `client` must be to the `postgres` database and must stay open.
 * @throws EmbeddedPostgresError naming the folder and its holder when another process keeps it.
 */
export async function holdFolder(client: pg.Client, dataDir: string): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  while (!(await tryLock(client))) {
    if (Date.now() > deadline) throw await describeHolder(client, dataDir);
    await pause(100);
  }
}

async function tryLock(client: pg.Client): Promise<boolean> {
  const { rows } = await client.query<{ taken: boolean }>('SELECT pg_try_advisory_lock($1) AS taken', [
    lockKey,
  ]);
  return rows[0]?.taken === true;
}

async function describeHolder(client: pg.Client, dataDir: string): Promise<EmbeddedPostgresError> {
  const { rows } = await client.query<{ holder: string }>(
    `SELECT application_name AS holder FROM pg_locks JOIN pg_stat_activity USING (pid)
      WHERE locktype = 'advisory' AND granted AND objid = $1 AND pg_locks.database =
            (SELECT oid FROM pg_database WHERE datname = current_database())`,
    [lockKey],
  );
  const pid = rows[0]?.holder.replace('tminus ', '') ?? 'unknown';
  return new EmbeddedPostgresError(
    `${dataDir} is in use by another tminus (process ${pid}). Stop that one first, or choose another folder ` +
      'for this one with TMINUS_DATA_DIR.',
  );
}
