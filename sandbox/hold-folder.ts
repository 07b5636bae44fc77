import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { isAlive } from '../src/db/embedded-postgres/postgres-process.ts';
import { hasErrorCode } from '../src/lib/error-code.ts';

/** Another sandbox keeps the folder; the message names it and the next step. */
export class FolderInUseError extends Error {
  override name = 'FolderInUseError';
}

/** A folder that is this process's until it is released, or until the process ends, however it ends. */
export interface HeldFolder {
  /** Notes where the sandbox is to be found, for whoever tries the folder meanwhile. */
  tellUrl(url: string): void;
  release(): void;
}

/** What the note in the folder says of its holder. */
interface Holder {
  pid: number;
  /** The kernel's start time of that process, where it tells: process ids are used again. */
  started: string | null;
  url?: string;
}

/**
 * Takes a folder for this process, so that two sandboxes never write the same files.
 * @throws FolderInUseError when another living process has it.
 */
export function holdFolder(folder: string): HeldFolder {
  const file = path.join(folder, 'running.json');
  const self: Holder = { pid: process.pid, started: startTimeOf(process.pid) };
  while (!writeNew(file, self)) {
    const holder = readHolder(file);
    if (holder && isRunning(holder)) throw inUse(folder, holder);
    rmSync(file, { force: true });
  }
  return {
    tellUrl: (url) => writeFileSync(file, JSON.stringify({ ...self, url })),
    release: () => rmSync(file, { force: true }),
  };
}

function inUse(folder: string, { pid, url }: Holder): FolderInUseError {
  const where = url ? ` at ${url}` : '';
  return new FolderInUseError(
    `${path.dirname(folder)} is in use by a sandbox that runs${where} (process ${pid}). ` +
      'Use that one, or stop it, or give this one a folder of its own with --data.',
  );
}

function writeNew(file: string, holder: Holder): boolean {
  try {
    writeFileSync(file, JSON.stringify(holder), { flag: 'wx' });
    return true;
  } catch (error) {
    if (hasErrorCode(error, 'EEXIST')) return false;
    throw error;
  }
}

/** Null when it can't be read: its writer was killed while writing it, or it has just gone away. */
function readHolder(file: string): Holder | null {
  try {
    const { pid, started, url } = JSON.parse(readFileSync(file, 'utf8')) as Partial<Holder>;
    return typeof pid === 'number' ? { pid, started: started ?? null, ...(url ? { url } : {}) } : null;
  } catch {
    return null;
  }
}

function isRunning({ pid, started }: Holder): boolean {
  return isAlive(pid) && (started === null || startTimeOf(pid) === started);
}

/** Null where the system does not tell it by a file. */
function startTimeOf(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // Behind the name in parentheses, which may hold anything, the start time is the twentieth field.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null;
  } catch {
    return null;
  }
}
