import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { hasErrorCode } from '../../lib/error-code.ts';
import { describeProcess, isAlive } from '../../lib/process-state.ts';

/** What a running server says of itself in its `postmaster.pid`; `port` comes a moment after `pid`. */
export interface PostmasterFile {
  pid: number;
  port: number | undefined;
}

/** A fast shutdown writes a checkpoint; where that takes longer than this, crash recovery does it next time. */
const shutdownTimeoutMs = 20_000;

/** Reads `postmaster.pid` of a cluster; undefined when no server has the folder. */
export function readPostmasterFile(folder: string): PostmasterFile | undefined {
  const file = path.join(folder, 'postmaster.pid');
  if (!existsSync(file)) return undefined;
  try {
    const lines = readFileSync(file, 'utf8').split('\n');
    const [pid, port] = [Number(lines[0]), Number(lines[3])];
    return pid > 0 ? { pid, port: port > 0 ? port : undefined } : undefined;
  } catch (error) {
    // Removed between the two looks by a server that has just ended.
    if (hasErrorCode(error, 'ENOENT')) return undefined;
    throw error;
  }
}

/** Whether this process is the living PostgreSQL server of this folder: not a dead one, not another program. */
export function isLiveServer(pid: number, folder: string): boolean {
  if (describeProcess(pid) === null) return false;
  const command = commandOf(pid, folder);
  return command.includes(folder) && /postgres|postmaster/.test(command);
}

/**
 * Ends the server that still runs on a folder, if there is one: in order, and with force when that takes too long.
 * Call it only while the folder is locked, so that the server can't be another's.
 */
export async function stopServer(folder: string): Promise<void> {
  const pid = readPostmasterFile(folder)?.pid;
  if (pid === undefined) return;
  // PostgreSQL's fast shutdown, then its immediate one.
  for (const signal of ['SIGINT', 'SIGQUIT'] as const) {
    if (!isLiveServer(pid, folder)) break;
    process.kill(pid, signal);
    const deadline = Date.now() + shutdownTimeoutMs;
    while (isLiveServer(pid, folder) && Date.now() < deadline) await pause(20);
  }
  if (isAlive(pid) && readPostmasterFile(folder)?.pid === pid) disownPostmasterFile(folder);
}

/**
 * PostgreSQL would take the server named in the file for alive where its number now belongs to another program, or to
 * a dead process that nobody has collected. The file is not deleted, so that PostgreSQL still does its own check of
 * shared memory before it takes the folder.
 */
function disownPostmasterFile(folder: string): void {
  const file = path.join(folder, 'postmaster.pid');
  // Above any process number that a kernel hands out.
  const [, ...rest] = readFileSync(file, 'utf8').split('\n');
  writeFileSync(file, ['2147483647', ...rest].join('\n'));
}

function commandOf(pid: number, folder: string): string {
  // Windows does not tell without a tool; PostgreSQL's own check has to do there.
  if (process.platform === 'win32') return `postgres ${folder}`;
  if (process.platform !== 'linux')
    return spawnSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).stdout ?? '';
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
  } catch (error) {
    if (hasErrorCode(error, 'ENOENT', 'ESRCH')) return '';
    throw error;
  }
}
