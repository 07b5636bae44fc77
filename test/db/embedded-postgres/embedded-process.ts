import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { isLiveServer } from '../../../src/db/embedded-postgres/postgres-process.ts';

/** A process of its own with an embedded PostgreSQL, to be killed at will. */
export interface EmbeddedProcess {
  pid: number;
  url: string;
  /** Ends it in order. */
  stop(): Promise<void>;
  /** Ends it without a last word; the server lives on. */
  kill(): Promise<void>;
  /** Its exit code, once it has ended. */
  ended(): Promise<number | null>;
}

const program = path.join(import.meta.dirname, 'embedded-process-main.ts');
const tsx = createRequire(import.meta.url).resolve('tsx');
const children = new Set<ChildProcess>();

/** Starts the process and waits until its database is there; rejects with what it says when that fails. */
export async function startProcess(dataDir: string): Promise<EmbeddedProcess> {
  const child = spawn(process.execPath, ['--import', tsx, program, dataDir], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  children.add(child);
  const end = once(child, 'exit');
  const { url, problem } = JSON.parse(await firstLine(child));
  if (problem) throw new Error(problem);
  const leave = async (action: () => void) => {
    action();
    await end;
  };
  return {
    pid: child.pid ?? 0,
    url,
    stop: () => leave(() => child.stdin?.end()),
    kill: () => leave(() => child.kill('SIGKILL')),
    ended: () => end.then(([code]) => code as number | null),
  };
}

async function firstLine(child: ChildProcess): Promise<string> {
  if (!child.stdout) throw new Error('The process has no output.');
  for await (const line of createInterface({ input: child.stdout })) return line;
  throw new Error('The process ended without a word.');
}

/** A process of the user who owns the folder, which does nothing. */
export async function fellowProcess(dataDir: string): Promise<{ pid: number; end(): void }> {
  const { uid, gid } = statSync(path.join(dataDir, 'postgres'));
  const child = spawn('sleep', ['300'], { stdio: 'ignore', uid, gid });
  await once(child, 'spawn');
  return { pid: child.pid ?? 0, end: () => child.kill() };
}

/** Ends whatever a test left running: processes, and the server of the folder. */
export async function forgetProcesses(dataDir: string): Promise<void> {
  for (const child of children) {
    if (child.exitCode === null && child.signalCode === null) {
      const end = once(child, 'exit');
      child.kill('SIGKILL');
      await end;
    }
  }
  children.clear();
  const file = path.join(dataDir, 'postgres', 'postmaster.pid');
  const server = existsSync(file) ? Number.parseInt(readFileSync(file, 'utf8'), 10) : 0;
  if (server > 0 && isLiveServer(server, dataDir)) process.kill(server, 'SIGKILL');
}
