import { closeSync, openSync, readFileSync, statSync } from 'node:fs';
import type { PostgresBinaries } from './binaries.ts';
import { type ServerAccount, spawnAs } from './server-account.ts';

/** A server process that was started. */
export interface LaunchedServer {
  /** Resolves when the process has ended, or could not be started. */
  ended: Promise<void>;
  hasEnded(): boolean;
  /** What it wrote to its log, once it has ended. */
  failure(): string;
}

/** Settings for a laptop: little memory, few connections, nothing but loopback. Durability stays as it is. */
const laptopSettings: Record<string, string> = {
  listen_addresses: '127.0.0.1',
  // A socket file has no use here, and a path longer than about 100 characters would stop the start.
  unix_socket_directories: '',
  max_connections: '60',
  shared_buffers: '32MB',
  dynamic_shared_memory_type: process.platform === 'win32' ? 'windows' : 'mmap',
  max_wal_size: '256MB',
  min_wal_size: '32MB',
  max_worker_processes: '2',
  max_parallel_workers: '0',
  io_method: 'sync',
  jit: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
  logging_collector: 'off',
};

/**
 * Starts `postgres`, which writes to `logFile`. It gets a session of its own: Ctrl-C in the terminal goes
 * to the whole foreground group, and would end the database before the bot has drained.
 */
export function launchServer(input: {
  binaries: PostgresBinaries;
  account: ServerAccount;
  folder: string;
  port: number;
  logFile: string;
  settings: Record<string, string>;
}): LaunchedServer {
  const { binaries, account, folder, port, logFile } = input;
  const settings = Object.entries({ ...laptopSettings, ...input.settings });
  const options = settings.flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const log = openSync(logFile, tooLong(logFile) ? 'w' : 'a', 0o600);
  const start = statSync(logFile).size;
  const child = spawnAs(account, binaries.postgres, ['-D', folder, '-p', String(port), ...options], {
    stdio: ['ignore', log, log],
    detached: true,
  });
  closeSync(log);
  child.unref();
  let problem = '';
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', (error) => {
      problem = error.message;
      resolve();
    });
  });
  return {
    ended,
    hasEnded: () => child.exitCode !== null || child.signalCode !== null || problem !== '',
    failure: () => problem || readFileSync(logFile).subarray(start).toString('utf8').trim(),
  };
}

function tooLong(logFile: string): boolean {
  return (statSync(logFile, { throwIfNoEntry: false })?.size ?? 0) > 4 * 1024 * 1024;
}
