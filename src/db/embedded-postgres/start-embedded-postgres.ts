import { realpathSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { Log } from '../../lib/log.ts';
import { findPostgresBinaries } from './binaries.ts';
import { ensureCluster } from './cluster.ts';
import { ensureDatabase } from './ensure-database.ts';
import { guardServer } from './guard-server.ts';
import { holdFolder } from './hold-folder.ts';
import { serverUrl } from './probe-server.ts';
import { reachServer, type ServerContext } from './reach-server.ts';
import { recallPort, rememberPort } from './remembered-port.ts';
import { chooseServerAccount } from './server-account.ts';

/** A running PostgreSQL that belongs to this process. */
export interface EmbeddedPostgres {
  /** Connection string of the database `tminus`; valid until `stop`, restarts of the server included. */
  url: string;
  /** The server ran already, left over by a process that was killed. */
  adopted: boolean;
  /** Ends the server in order: connections are closed, everything is written. Close pools first. */
  stop(): Promise<void>;
}

/**
 * Starts, or takes over, a real PostgreSQL in `<dataDir>/postgres`, for this process alone. A server that
 * dies under it is started again on the same port; `onLost` is told when that fails, and `url` is dead from then on.
 * @throws EmbeddedPostgresError with the next step when it can't be had: folder in use, no rights, no binaries.
 */
export async function startEmbeddedPostgres(input: {
  dataDir: string;
  log: Log;
  /** Beyond those for a laptop, by PostgreSQL's names. */
  settings?: Record<string, string>;
  onLost: (error: unknown) => void;
}): Promise<EmbeddedPostgres> {
  const context = await prepare(input.dataDir, input.log, input.settings ?? {});
  const { cluster } = context;
  const server = await reachServer(context, recallPort(cluster.folder));
  try {
    await holdFolder(server.client, path.dirname(cluster.folder));
  } catch (error) {
    await server.client.end();
    throw error;
  }
  rememberPort(cluster.folder, server.port);
  await ensureDatabase(server.client, 'tminus');
  const guard = guardServer(context, server, input.onLost);
  const { adopted, port } = server;
  input.log.info({ folder: cluster.folder, port, adopted }, 'Embedded PostgreSQL is ready');
  return { url: serverUrl(cluster, port, 'tminus'), adopted, stop: guard.stop };
}

async function prepare(dataDir: string, log: Log, settings: Record<string, string>): Promise<ServerContext> {
  const binaries = findPostgresBinaries();
  await mkdir(dataDir, { recursive: true });
  const home = realpathSync(dataDir);
  const account = chooseServerAccount(home, binaries);
  const cluster = await ensureCluster(home, binaries, account, log);
  return { cluster, binaries, account, logFile: path.join(home, 'postgres.log'), settings, log };
}
