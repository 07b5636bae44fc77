import { type ChildProcess, spawn } from 'node:child_process';
import type { Readable } from 'node:stream';
import { hasErrorCode } from './error-code.ts';

export interface ProgramRun {
  /** The program and its arguments. There is no shell: each argument arrives as it is. */
  argv: readonly [string, ...string[]];
  cwd?: string;
  /** All of its environment. */
  env: Readonly<Record<string, string>>;
  /** When the program and all that it started are ended, milliseconds. */
  timeoutMs: number;
  /** How long they have to end by themselves then, milliseconds. */
  graceMs?: number;
  /** How much of each output is kept, bytes: the beginning of the first, the end of the second. */
  maxBytes: number;
}

export interface ProgramResult {
  /** Null when a signal ended it. */
  code: number | null;
  timedOut: boolean;
  stdout: string;
  /** More was written than is kept. */
  isCut: boolean;
  stderr: string;
}

/**
 * Runs a program in a process group of its own, and ends the whole group when it is over: nothing that it started goes
 * on behind its back.
 * @throws Error with a code such as ENOENT when it can't be started
 */
export async function runProgram(run: ProgramRun): Promise<ProgramResult> {
  const { argv, cwd, env, timeoutMs, graceMs = 2_000, maxBytes } = run;
  const [program, ...args] = argv;
  const child = spawn(program, args, {
    ...(cwd === undefined ? {} : { cwd }),
    ...{ env, shell: false, detached: true, stdio: ['ignore', 'pipe', 'pipe'] },
  });
  const stdout = keepBeginning(child.stdout, maxBytes);
  const stderr = keepEnd(child.stderr, maxBytes);
  let timedOut = false;
  const timers: NodeJS.Timeout[] = [];
  timers.push(
    setTimeout(() => {
      timedOut = true;
      endGroup(child, 'SIGTERM');
      timers.push(setTimeout(() => endGroup(child, 'SIGKILL'), graceMs));
    }, timeoutMs),
  );
  try {
    const code = await ended(child);
    return { code, timedOut, stdout: stdout.text(), isCut: stdout.isCut(), stderr: stderr.text() };
  } finally {
    for (const timer of timers) clearTimeout(timer);
    endGroup(child, 'SIGKILL');
    child.stdout.destroy();
    child.stderr.destroy();
  }
}

/** Once it has exited, and its outputs have been read as far as they were written by then. */
function ended(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => {
      // Something that it started may hold the outputs open for ever.
      const late = setTimeout(() => resolve(code), 100);
      child.once('close', () => {
        clearTimeout(late);
        resolve(code);
      });
    });
  });
}

function endGroup({ pid }: ChildProcess, signal: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, signal);
  } catch (error) {
    // Nothing of it is left.
    if (!hasErrorCode(error, 'ESRCH')) throw error;
  }
}

function keepBeginning(stream: Readable, maxBytes: number) {
  const kept: Buffer[] = [];
  let bytes = 0;
  stream.on('data', (chunk: Buffer) => {
    if (bytes < maxBytes) kept.push(chunk.subarray(0, maxBytes - bytes));
    bytes += chunk.length;
  });
  return { text: () => Buffer.concat(kept).toString('utf8'), isCut: () => bytes > maxBytes };
}

function keepEnd(stream: Readable, maxBytes: number) {
  let kept = Buffer.alloc(0);
  stream.on('data', (chunk: Buffer) => {
    kept = Buffer.concat([kept, chunk]);
    if (kept.length > maxBytes) kept = kept.subarray(kept.length - maxBytes);
  });
  return { text: () => kept.toString('utf8') };
}
