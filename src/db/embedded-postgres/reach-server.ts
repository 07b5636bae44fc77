import { setTimeout as pause } from 'node:timers/promises';
import type pg from 'pg';
import type { Log } from '../../lib/log.ts';
import type { PostgresBinaries } from './binaries.ts';
import type { Cluster } from './cluster.ts';
import { EmbeddedPostgresError } from './embedded-postgres-error.ts';
import { findFreePort } from './free-port.ts';
import { type LaunchedServer, launchServer } from './launch-server.ts';
import { disownPostmasterFile, isAlive, isLiveServer, readPostmasterFile } from './postgres-process.ts';
import { probeServer } from './probe-server.ts';
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

/** A server that answers; `client` is an open connection to its `postgres` database. */
export interface ReachedServer {
  pid: number;
  port: number;
  client: pg.Client;
  /** It was there already: left by a process that was killed, or started by another one just now. */
  adopted: boolean;
}

/** How long a dying server, or a stale file, is waited for. */
const timeoutMs = 30_000;
/** A server that says it is starting up replays its log after a crash, which takes as long as it takes. */
const recoveryTimeoutMs = 300_000;
/** Between two looks. */
const interval = 10;

/**
 * Connects to the cluster's server, starting one if none is there. `postmaster.pid` is the only guide, the
 * same for our own server, an orphan and one started by another process at the same instant.
 * @throws EmbeddedPostgresError when there is no answer within 30 s, or the server refuses to start.
 */
export async function reachServer(context: ServerContext, port: number | undefined): Promise<ReachedServer> {
  const { folder } = context.cluster;
  const began = Date.now();
  const attempt: { launched?: LaunchedServer; wish: number | undefined } = { wish: port };
  for (let limit = timeoutMs; Date.now() - began < limit; await pause(interval)) {
    const found = readPostmasterFile(folder);
    const probe = found?.port ? await probeServer(context.cluster, found.port) : undefined;
    if (found?.port && probe?.kind === 'ours') {
      const adopted = found.pid !== attempt.launched?.pid;
      return { pid: found.pid, port: found.port, client: probe.client, adopted };
    }
    if (found && isLiveServer(found.pid, folder)) {
      if (probe?.kind === 'busy') limit = recoveryTimeoutMs;
    } else await launchAgain(context, attempt);
  }
  throw new EmbeddedPostgresError(
    `PostgreSQL in ${folder} neither starts nor ends. Look at ${context.logFile}; if a process ` +
      `${readPostmasterFile(folder)?.pid ?? 'postgres'} still runs on that folder, stop it, then start tminus again.`,
  );
}

async function launchAgain(
  context: ServerContext,
  attempt: { launched?: LaunchedServer; wish: number | undefined },
): Promise<void> {
  if (attempt.launched && !attempt.launched.hasEnded()) return;
  if (attempt.launched) judgeFailure(context, attempt.launched.failure(), attempt);
  const { folder } = context.cluster;
  const stale = readPostmasterFile(folder);
  if (stale && isAlive(stale.pid) && !isLiveServer(stale.pid, folder)) disownPostmasterFile(folder);
  const port = await findFreePort(attempt.wish);
  context.log.info({ folder, port }, 'Starting the embedded PostgreSQL');
  attempt.launched = launchServer({ ...context, folder, port });
}

/** A taken folder or port passes by itself, or with another port; anything else is told at once. */
function judgeFailure(context: ServerContext, failure: string, attempt: { wish: number | undefined }): void {
  if (/postmaster\.pid" already exists|shared memory block .* still in use/.test(failure)) return;
  if (/could not (bind|create any TCP\/IP sockets)/.test(failure)) {
    attempt.wish = undefined;
    return;
  }
  throw new EmbeddedPostgresError(
    `The embedded PostgreSQL in ${context.cluster.folder} did not start:\n${failure.slice(-2000)}\n` +
      `The whole log is in ${context.logFile}.`,
  );
}
