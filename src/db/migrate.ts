import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate } from 'drizzle-orm/node-postgres/migrator';
import pg from 'pg';
import { checkJournal } from './migration-journal.ts';
import { waitForDatabase } from './wait-for-database.ts';

/** Any number will do, as long as it stays the same. */
const lockKey = 0x746d6967;

/**
 * Brings the database to the schema of this version. Any number of processes may call it at once: one
 * migrates, the others wait and find nothing to do. Waits for a database that is still starting.
 * @throws DatabaseUnreachableError when it doesn't answer within `timeoutMs`, 30 s unless told.
 */
export async function migrateDatabase({
  url,
  timeoutMs = 30_000,
  answers = false,
}: {
  url: string;
  timeoutMs?: number;
  /** It is known to answer: nobody waits for it. */
  answers?: boolean;
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
    await migrate(drizzle(client), { migrationsFolder });
  } finally {
    // Ending the session gives the lock back as well.
    await client.end();
  }
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
