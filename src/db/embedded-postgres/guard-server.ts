import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { EmbeddedPostgresError } from './embedded-postgres-error.ts';
import { holdFolder } from './hold-folder.ts';
import { isLiveServer } from './postgres-process.ts';
import { type ReachedServer, reachServer, type ServerContext } from './reach-server.ts';

/** A fast shutdown writes a checkpoint; where that takes longer than this, crash recovery does it next time. */
const shutdownTimeoutMs = 20_000;

/**
 * Watches the connection that holds the folder. When it breaks, the server has died or was restarted: it is
 * brought back on the same port and the folder held again, so that pools only have to reconnect.
 */
export function guardServer(
  context: ServerContext,
  server: ReachedServer,
  onLost: (error: unknown) => void,
): { stop(): Promise<void> } {
  const state = { server, stopping: false, recovery: Promise.resolve() };
  const watch = () => state.server.client.once('end', recover);
  const recover = () => {
    if (state.stopping) return;
    context.log.warn({ folder: context.cluster.folder }, 'Embedded PostgreSQL is gone, bringing it back');
    state.recovery = bringBack(context, state)
      .then(watch, onLost)
      .then(() => undefined);
  };
  watch();
  return {
    stop: async () => {
      state.stopping = true;
      await state.recovery;
      await state.server.client.end().catch(() => undefined);
      await stopServer(state.server.pid, context.cluster.folder);
      context.log.info({ folder: context.cluster.folder }, 'Embedded PostgreSQL stopped');
    },
  };
}

async function bringBack(context: ServerContext, state: { server: ReachedServer }): Promise<void> {
  const { port } = state.server;
  const server = await reachServer(context, port);
  if (server.port !== port) {
    await stopServer(server.pid, context.cluster.folder);
    throw new EmbeddedPostgresError(
      `PostgreSQL ended, and its port ${port} is taken now. Start tminus again.`,
    );
  }
  await holdFolder(server.client, path.dirname(context.cluster.folder));
  state.server = server;
}

/** SIGINT is PostgreSQL's fast shutdown, SIGQUIT its immediate one. */
async function stopServer(pid: number, folder: string): Promise<void> {
  for (const signal of ['SIGINT', 'SIGQUIT'] as const) {
    if (!isLiveServer(pid, folder)) return;
    process.kill(pid, signal);
    const deadline = Date.now() + shutdownTimeoutMs;
    while (isLiveServer(pid, folder) && Date.now() < deadline) await pause(20);
  }
}
