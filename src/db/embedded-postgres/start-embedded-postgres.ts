import { realpathSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { Log } from '../../lib/log.ts';
import { findPostgresBinaries } from './binaries.ts';
import { ensureCluster, serverUrl } from './cluster.ts';
import { EmbeddedPostgresError } from './embedded-postgres-error.ts';
import { launchUntilReady, type ServerContext } from './launch-until-ready.ts';
import { lockDataFolder } from './lock-data-folder.ts';
import { stopServer } from './postgres-process.ts';
import { chooseServerAccount } from './server-account.ts';

/** A running PostgreSQL that belongs to this process. */
export interface EmbeddedPostgres {
  /** Connection string of the database `tminus`; valid until `stop`. */
  url: string;
  /** Ends the server in order: connections are closed, everything is written. Close pools first. */
  stop(): Promise<void>;
}

/**
 * Starts a real PostgreSQL in `<dataDir>/postgres`, for this process alone. A server that a killed process left
 * behind is stopped first. `onLost` is called when the server ends under us: `url` is dead from then on, and a new
 * start brings it back.
 * @throws EmbeddedPostgresError with the next step when it can't be had: folder in use, no rights, no binaries.
 */
export async function startEmbeddedPostgres(input: {
  dataDir: string;
  log: Log;
  /** Beyond those for a laptop, by PostgreSQL's names. */
  settings?: Record<string, string>;
  onLost: (error: unknown) => void;
}): Promise<EmbeddedPostgres> {
  const { dataDir, log, settings = {}, onLost } = input;
  await mkdir(dataDir, { recursive: true });
  const home = realpathSync(dataDir);
  const lock = lockDataFolder(home);
  try {
    return await start(await prepare(home, log, settings), { onLost, release: lock.release });
  } catch (error) {
    lock.release();
    throw error;
  }
}

async function prepare(home: string, log: Log, settings: Record<string, string>): Promise<ServerContext> {
  const binaries = findPostgresBinaries();
  const account = chooseServerAccount(home, binaries);
  const cluster = await ensureCluster(home, binaries, account, log);
  return { cluster, binaries, account, logFile: path.join(home, 'postgres.log'), settings, log };
}

async function start(
  context: ServerContext,
  { onLost, release }: { onLost: (error: unknown) => void; release: () => void },
): Promise<EmbeddedPostgres> {
  const { cluster, log, logFile } = context;
  const { folder } = cluster;
  await stopServer(folder);
  const { port, ended } = await launchUntilReady(context);
  log.info({ folder, port }, 'Embedded PostgreSQL is ready');
  let stopping = false;
  void ended.then(() => {
    if (!stopping)
      onLost(new EmbeddedPostgresError(`PostgreSQL in ${folder} has ended by itself. See ${logFile}.`));
  });
  return {
    url: serverUrl(cluster, port, 'tminus'),
    stop: async () => {
      stopping = true;
      await stopServer(folder);
      release();
      log.info({ folder }, 'Embedded PostgreSQL stopped');
    },
  };
}
