import { setTimeout as wait } from 'node:timers/promises';
import { type AppOptions, type RunningApp, startApp } from './app.ts';
import { loadConfig } from './config/load-config.ts';
import { createDatabaseClock } from './db/database-clock.ts';
import { isConnectionLost } from './db/is-connection-lost.ts';
import { createLog } from './lib/create-log.ts';
import { endOnUnhandled } from './lib/end-on-unhandled.ts';
import { errorMessage } from './lib/error-message.ts';

/** A stop that takes longer is cut short, so that a supervisor need not. Milliseconds. */
const stopWithinMs = 25_000;
/** Without its database the process can finish nothing; it can only let go of what it holds. */
const stopWithoutStorageWithinMs = 5_000;
/** After the database has gone away during the start, milliseconds. */
const startAgainAfterMs = 500;

/**
 * The process: reads its configuration, starts, and drains on SIGTERM or SIGINT. A start that fails ends it with exit
 * code 1 and a sentence on standard error, whatever is still open.
 */
export async function runProcess(options: { configFile?: string | undefined }): Promise<void> {
  try {
    await startProcess(options);
  } catch (error) {
    console.error(errorMessage(error));
    process.exit(1);
  }
}

async function startProcess({ configFile }: { configFile?: string | undefined }): Promise<void> {
  const config = await loadConfig({ env: process.env, file: configFile });
  const log = createLog(config.logLevel);
  endOnUnhandled(log);
  // From the first moment on: a stop during the start waits for it, so that nothing is left behind.
  const stopping = new AbortController();
  const stop = async ({ exitCode, withinMs }: { exitCode: 0 | 1; withinMs: number }) => {
    stopping.abort();
    setTimeout(() => process.exit(1), withinMs).unref();
    await starting.then(
      (app) => app.stop(),
      () => undefined,
    );
    process.exit(exitCode);
  };
  const onStorageLost = () => void stop({ exitCode: 1, withinMs: stopWithoutStorageWithinMs });
  const options = { config, clock: createDatabaseClock(log), log, onStorageLost };
  const starting = startPatiently(options, stopping.signal);
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => {
      log.info({ signal }, 'stopping');
      void stop({ exitCode: 0, withinMs: stopWithinMs });
    });
  }
  const app = await starting;
  log.info(
    { http: app.httpUrl, slack: config.slack?.mode, teams: config.teams !== undefined },
    'tminus is ready',
  );
}

/**
 * A database that goes away during the start is waited for, as it is later on: the start begins anew. One that has
 * not answered for half a minute, or refuses us, ends it.
 */
async function startPatiently(options: AppOptions, stopping: AbortSignal): Promise<RunningApp> {
  for (;;) {
    try {
      return await startApp(options);
    } catch (error) {
      if (stopping.aborted || !isConnectionLost(error)) throw error;
      options.log.warn({ error }, 'the database went away during the start; starting again');
      await wait(startAgainAfterMs);
    }
  }
}
