import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { hasErrorCode } from '../../lib/error-code.ts';

/** What a running server says of itself in its `postmaster.pid`; `port` comes a moment after `pid`. */
export interface PostmasterFile {
  pid: number;
  port: number | undefined;
}

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

/**
 * Makes PostgreSQL see that the server named in the file is dead, where it could not see it itself: its
 * number now belongs to another program, or to a dead process that nobody has collected. The file is not
 * deleted, so that PostgreSQL still does its own check of shared memory before it takes the folder.
 */
export function disownPostmasterFile(folder: string): void {
  const file = path.join(folder, 'postmaster.pid');
  // Above any process number that a kernel hands out.
  const [, ...rest] = readFileSync(file, 'utf8').split('\n');
  writeFileSync(file, ['2147483647', ...rest].join('\n'));
}

/** Whether any process has this number, a dead and uncollected one included. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return !hasErrorCode(error, 'ESRCH');
  }
}

/** Whether this process is the living PostgreSQL server of this folder: not a dead one, not another program. */
export function isLiveServer(pid: number, folder: string): boolean {
  if (!isAlive(pid)) return false;
  const { state, command } = describeProcess(pid, folder);
  return !state.startsWith('Z') && command.includes(folder) && /postgres|postmaster/.test(command);
}

function describeProcess(pid: number, folder: string): { state: string; command: string } {
  if (process.platform === 'linux') return describeLinuxProcess(pid);
  // Modals tells neither without a tool; PostgreSQL's own check has to do there.
  if (process.platform === 'win32') return { state: '', command: `postgres ${folder}` };
  const said =
    spawnSync('ps', ['-o', 'stat=,command=', '-p', String(pid)], { encoding: 'utf8' }).stdout ?? '';
  return { state: said.trim() === '' ? 'Z' : said.trim(), command: said };
}

function describeLinuxProcess(pid: number): { state: string; command: string } {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
    // The name in parentheses may itself hold spaces and parentheses.
    return { state: stat.slice(stat.lastIndexOf(')') + 2), command };
  } catch (error) {
    if (hasErrorCode(error, 'ENOENT', 'ESRCH')) return { state: 'Z', command: '' };
    throw error;
  }
}
