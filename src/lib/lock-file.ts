import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { hasErrorCode } from './error-code.ts';
import { describeProcess } from './process-state.ts';
import { replaceFile } from './replace-file.ts';

/** Who has a lock file: its process, and a note that it left for others. */
export interface LockHolder {
  pid: number;
  note?: string;
}

/** A lock file that is this process's until it is released, or until the process ends, however it ends. */
export interface LockFile {
  /** Leaves a word for whoever finds the lock taken, such as where this process is to be reached. */
  leaveNote(note: string): void;
  release(): void;
}

export type LockAttempt = { ok: true; lock: LockFile } | { ok: false; holder: LockHolder };

/** What the file says. Process ids are used again, so it has the process's start time too, where the system tells. */
interface Entry extends LockHolder {
  started: string | null;
}

/** Takes a lock file for this process, unless another living process has it. */
export function takeLockFile(file: string): LockAttempt {
  const self: Entry = { pid: process.pid, started: describeProcess(process.pid)?.started ?? null };
  while (!create(file, self)) {
    const entry = readEntry(file);
    if (entry && isRunning(entry)) return { ok: false, holder: entry };
    removeStale(file);
  }
  return {
    ok: true,
    lock: {
      // After a power cut nobody holds it, so there is no need to wait for the disk.
      leaveNote: (note) => replaceFile(file, JSON.stringify({ ...self, note }), { flush: false }),
      release: () => rmSync(file, { force: true }),
    },
  };
}

/** The file appears with its content, so nobody finds it empty. */
function create(file: string, entry: Entry): boolean {
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, JSON.stringify(entry));
  try {
    linkSync(draft, file);
    return true;
  } catch (error) {
    if (hasErrorCode(error, 'EEXIST')) return false;
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

/** Another process may have done so at the same moment, and taken the lock: then it gets it back. */
function removeStale(file: string): void {
  const aside = `${file}.${process.pid}`;
  try {
    renameSync(file, aside);
  } catch (error) {
    if (hasErrorCode(error, 'ENOENT')) return;
    throw error;
  }
  const moved = readEntry(aside);
  if (moved && isRunning(moved)) create(file, moved);
  rmSync(aside, { force: true });
}

/** Null when it is not there any more, or was not written by us. */
function readEntry(file: string): Entry | null {
  try {
    const { pid, started, note } = JSON.parse(readFileSync(file, 'utf8')) as Partial<Entry>;
    if (typeof pid !== 'number') return null;
    return { pid, started: started ?? null, ...(note === undefined ? {} : { note }) };
  } catch {
    return null;
  }
}

function isRunning({ pid, started }: Entry): boolean {
  const found = describeProcess(pid);
  return found !== null && (started === null || found.started === null || found.started === started);
}
