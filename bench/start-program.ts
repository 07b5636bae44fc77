import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';

export interface Program {
  /** Arguments of Node. */
  program: string[];
  env: Record<string, string>;
  /** A folder with a database that an earlier start left there; left out, it gets an empty one. */
  dataDir?: string;
}

export interface StartedProgram {
  pid: number;
  /** Milliseconds from the start of the process to its word that it is ready. */
  readyMs: number;
  /** Ends it in order, and waits until it has ended. */
  stop(): Promise<void>;
}

/** Starts a bot as one does by hand, and waits until it says that it is ready. @throws Error when it ends before. */
export async function startProgram({ program, env, dataDir }: Program): Promise<StartedProgram> {
  const folder = dataDir ?? (await mkdtemp(path.join(tmpdir(), 'tminus-bench-cwd-')));
  await writeFile(path.join(folder, 'tminus.yaml'), 'http: { port: 0 }\n');
  const begun = performance.now();
  const child = spawn(process.execPath, program, {
    cwd: folder,
    env: { PATH: process.env.PATH ?? '', ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  process.once('exit', () => child.kill('SIGKILL'));
  const exit = once(child, 'exit');
  const lines: string[] = [];
  for await (const line of createInterface({ input: child.stderr })) {
    lines.push(line);
    if (/^ready$|tminus is ready/.test(line)) break;
  }
  const readyMs = performance.now() - begun;
  if (child.exitCode !== null) throw new Error(`${program[0]} did not start:\n${lines.join('\n')}`);
  return {
    pid: child.pid ?? 0,
    readyMs,
    stop: async () => {
      child.kill('SIGTERM');
      await exit;
      if (!dataDir) await rm(folder, { recursive: true });
    },
  };
}
