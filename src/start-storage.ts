import type { Config } from './config/config.ts';
import { startEmbeddedPostgres } from './db/embedded-postgres/start-embedded-postgres.ts';
import type { Log } from './db/log.ts';
import { waitForDatabase } from './db/wait-for-database.ts';

/** Where the rows are: the given database, or an embedded PostgreSQL that belongs to this process. */
export interface Storage {
  /** Connection string of a database that answers. */
  url: string;
  stop(): Promise<void>;
}

/** How long a given database may take to answer, ms: after a restart of everything it is not there at once. */
const patienceMs = 30_000;

/**
 * Starts the storage, or waits for the given one. Loads little, so that it can begin before the rest of the
 * program is loaded.
 */
export async function startStorage(
  { databaseUrl, dataDir }: Pick<Config, 'databaseUrl' | 'dataDir'>,
  log: Log,
): Promise<Storage> {
  if (databaseUrl === undefined) return startEmbeddedPostgres({ dataDir, log });
  await waitForDatabase(databaseUrl, patienceMs);
  return { url: databaseUrl, stop: async () => undefined };
}
