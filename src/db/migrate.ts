import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate } from 'drizzle-orm/node-postgres/migrator';
import pg from 'pg';
import { grantToBot } from './grant-to-bot.ts';
import { checkJournal, newestMigration } from './migration-journal.ts';
import { waitForDatabase } from './wait-for-database.ts';

/** Any number will do, as long as it stays the same. */
const lockKey = 0x746d6967;

/** The schema of the database does not fit this version of tminus; the message says the next step. */
export class SchemaVersionError extends Error {
  override readonly name = 'SchemaVersionError';
}

/**
 * Brings the database to the schema of this version. Any number of processes may call it at once: one
 * migrates, the others wait and find nothing to do. Waits for a database that is still starting. Where there is
 * nothing to do, the user needs no rights to change the schema. With `grantTo` the role of that name gets the rights
 * that the bot needs, and no others.
 * @throws DatabaseUnreachableError when it doesn't answer within `timeoutMs`, 30 s unless told.
 * @throws SchemaVersionError when a newer version has changed the schema, or the user may not.
 */
export async function migrateDatabase({
  url,
  timeoutMs = 30_000,
  answers = false,
  grantTo,
}: {
  url: string;
  timeoutMs?: number;
  /** It is known to answer: nobody waits for it. */
  answers?: boolean;
  grantTo?: string | undefined;
}): Promise<void> {
  const migrationsFolder = findMigrationsFolder();
  checkJournal(migrationsFolder);
  if (!answers) await waitForDatabase(url, timeoutMs);
  // A connection of its own: a lock belongs to a session, and a long migration must not meet a pool's timeout.
  const client = new pg.Client({ connectionString: url, keepAlive: true });
  // Without a listener a connection that breaks ends the process. The statement under way tells.
  client.on('error', () => undefined);
  await client.connect();
  try {
    await client.query('SELECT pg_advisory_lock($1)', [lockKey]);
    if (await isBehind(client, newestMigration(migrationsFolder))) {
      await migrate(drizzle(client), { migrationsFolder });
    }
    if (grantTo !== undefined) await grantToBot(client, grantTo);
  } finally {
    // Ending the session gives the lock back as well.
    await client.end();
  }
}

/** Whether there is something to migrate, compared with the newest migration of this version. */
async function isBehind(client: pg.Client, ours: number): Promise<boolean> {
  const applied = await newestApplied(client);
  if (applied === ours) return false;
  if (applied > ours) {
    throw new SchemaVersionError(
      'A newer tminus has changed the schema of this database, and this version would misread it. ' +
        'Start the newer version, or restore a backup from before it ran.',
    );
  }
  const { rows } = await client.query<{ may: boolean; name: string }>(
    `SELECT has_database_privilege(current_database(), 'CREATE') AS may, current_user AS name`,
  );
  const [user] = rows;
  if (user?.may) return true;
  throw new SchemaVersionError(
    `The database schema has to be brought up to this version, which ${user?.name} may not do. ` +
      'Run `tminus migrate` as the owner of the database, then start again.',
  );
}

/** Drizzle's note on the youngest migration that was applied, epoch ms; 0 when there is none. */
async function newestApplied(client: pg.Client): Promise<number> {
  const { rows } = await client.query<{ there: boolean }>(
    `SELECT EXISTS (SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
       WHERE n.nspname = 'drizzle' AND c.relname = '__drizzle_migrations') AS there`,
  );
  if (!rows[0]?.there) return 0;
  const newest = await client.query<{ at: string | null }>(
    'SELECT max(created_at) AS at FROM drizzle.__drizzle_migrations',
  );
  return Number(newest.rows[0]?.at ?? 0);
}

/** `migrations/` of this package, seen from the source as well as from the bundle in `dist/`. */
export function findMigrationsFolder(): string {
  let folder = path.dirname(fileURLToPath(import.meta.url));
  while (!existsSync(path.join(folder, 'migrations', 'meta', '_journal.json'))) {
    const parent = path.dirname(folder);
    if (parent === folder) throw new Error('The folder "migrations" is missing; install tminus again.');
    folder = parent;
  }
  return path.join(folder, 'migrations');
}
