import type { Log } from '../lib/log.ts';
import { startEmbeddedPostgres } from './embedded-postgres/start-embedded-postgres.ts';
import { waitForDatabase } from './wait-for-database.ts';

/** Where the rows are: the given database, or an embedded PostgreSQL that belongs to this process. */
export interface Storage {
  /** Connection string of a database that answers. */
  url: string;
  stop(): Promise<void>;
}

/** How long a given database may take to answer, ms: after a restart of everything it is not there at once. */
const timeoutMs = 30_000;

/**
 * Starts the storage, or waits for the given one. `onLost` is called when the embedded one has ended by itself, which
 * is in the log then.
 */
export async function startStorage(
  { databaseUrl, dataDir }: { databaseUrl?: string | undefined; dataDir: string },
  { log, onLost }: { log: Log; onLost: () => void },
): Promise<Storage> {
  if (databaseUrl === undefined) {
    return startEmbeddedPostgres({
      dataDir,
      log,
      onLost: (error) => {
        log.error(
          { error },
          'The embedded PostgreSQL is lost; stopping. Start tminus again, unless a supervisor does',
        );
        onLost();
      },
    });
  }
  await waitForDatabase(databaseUrl, timeoutMs);
  return { url: databaseUrl, stop: async () => undefined };
}
