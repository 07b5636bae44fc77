import { readFileSync } from 'node:fs';
import { hasErrorCode } from './error-code.ts';

/** Whether any process has this number, a dead and uncollected one included. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return !hasErrorCode(error, 'ESRCH');
  }
}

/**
 * A living process, with the kernel's start time of it where the system tells that by a file; null when there is
 * none, or only a dead one that nobody has collected.
 */
export function describeProcess(pid: number): { started: string | null } | null {
  if (!isAlive(pid)) return null;
  if (process.platform !== 'linux') return { started: null };
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // Behind the name in parentheses, which may hold anything: the state first, the start time as the twentieth field.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' ? null : { started: fields[19] ?? null };
  } catch (error) {
    if (hasErrorCode(error, 'ENOENT', 'ESRCH')) return null;
    throw error;
  }
}
