import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { hasErrorCode } from '../../lib/error-code.ts';
import { findFreePort } from '../../lib/free-port.ts';
import type { Log } from '../../lib/log.ts';
import type { PostgresBinaries } from './binaries.ts';
import { type Cluster, serverUrl } from './cluster.ts';
import { EmbeddedPostgresError } from './embedded-postgres-error.ts';
import { ensureDatabase } from './ensure-database.ts';
import { type LaunchedServer, launchServer } from './launch-server.ts';
import { stopServer } from './postgres-process.ts';
import type { ServerAccount } from './server-account.ts';

/** Everything needed to start the server of one cluster. */
export interface ServerContext {
  cluster: Cluster;
  binaries: PostgresBinaries;
  account: ServerAccount;
  logFile: string;
  settings: Record<string, string>;
  log: Log;
}

/** A server that answers. */
export interface ReadyServer {
  port: number;
  /** Resolves when its process has ended. */
  ended: Promise<void>;
}

/** How long a port that somebody else took, or what is left of a killed server, is tried again. */
const retryMs = 30_000;
/** A server that replays its log after a crash is not there at once. */
const recoveryTimeoutMs = 300_000;

/**
 * Starts the server of a cluster, with its database `tminus`, on a free port.
 * @throws EmbeddedPostgresError when it refuses to start, with what it said.
 */
export async function launchUntilReady(context: ServerContext): Promise<ReadyServer> {
  const { folder } = context.cluster;
  const deadline = Date.now() + retryMs;
  for (;;) {
    const port = await findFreePort();
    context.log.info({ folder, port }, 'Starting the embedded PostgreSQL');
    const server = launchServer({ ...context, folder, port });
    if (await answers(context, server, port)) return { port, ended: server.ended };
    const failure = server.failure();
    if (!isPassing(failure) || Date.now() > deadline) throw refused(context, failure);
    await pause(100);
  }
}

/** Whether it came to answer before it ended. */
async function answers(context: ServerContext, server: LaunchedServer, port: number): Promise<boolean> {
  const url = serverUrl(context.cluster, port, 'postgres');
  const deadline = Date.now() + recoveryTimeoutMs;
  while (!server.hasEnded()) {
    if (await makeDatabase(url)) return true;
    if (Date.now() > deadline) {
      await stopServer(context.cluster.folder);
      throw refused(context, 'It did not answer within five minutes.');
    }
    await pause(10);
  }
  return false;
}

/** False while nothing listens, or the server is starting up still. */
async function makeDatabase(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await ensureDatabase(client, 'tminus');
    return true;
  } catch (error) {
    if (hasErrorCode(error, 'ECONNREFUSED', 'ECONNRESET', '57P03')) return false;
    throw error;
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** A port that was taken meanwhile, or processes of a killed server that are about to end. */
function isPassing(failure: string): boolean {
  return /could not (bind|create any TCP\/IP sockets)|shared memory block .* still in use/.test(failure);
}

function refused({ cluster, logFile }: ServerContext, failure: string): EmbeddedPostgresError {
  return new EmbeddedPostgresError(
    `The embedded PostgreSQL in ${cluster.folder} did not start:\n${failure.slice(-2000)}\n` +
      `The whole log is in ${logFile}.`,
  );
}
