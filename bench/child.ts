import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import type { Answer, Handlers, Vitals } from './parent-link.ts';

/** A process of the benchmarks. */
export interface Child<H extends Handlers> {
  pid: number;
  ask<Name extends keyof H & string>(
    name: Name,
    argument: Parameters<H[Name]>[0],
  ): Promise<Awaited<ReturnType<H[Name]>>>;
  vitals(): Promise<Vitals>;
  /** Ends the process, and waits until it has ended; one that hangs is killed. */
  stop(): Promise<void>;
}

interface ChildOptions {
  profileTo?: string | undefined;
  env?: Record<string, string>;
  /** Of Node. */
  flags?: readonly string[];
}

const stopWithinMs = 10_000;

/** Every process that was started. */
const started: { stop(): Promise<void> }[] = [];

/** Ends the processes that still run, as after a failure. What they use has to be there until then. */
export async function stopChildren(): Promise<void> {
  await Promise.all(started.map((child) => child.stop()));
}

/** Starts a bundled process; `profileTo` is a folder that gets its CPU profile. */
export function startChild<H extends Handlers>(
  file: string,
  { profileTo, env = {}, flags = [] }: ChildOptions = {},
): Child<H> {
  const execArgv = [...flags, ...(profileTo ? ['--cpu-prof', `--cpu-prof-dir=${profileTo}`] : [])];
  const child = fork(file, { execArgv, env: { ...process.env, ...env } });
  // A run that fails leaves no process behind, not even one that hangs.
  process.once('exit', () => child.kill('SIGKILL'));
  const ask = connect(child, file);
  const own: Child<H> = {
    pid: child.pid ?? 0,
    // The answer's type is the asked handler's own.
    ask: (name, argument) => ask(name, argument) as never,
    vitals: () => ask('vitals', undefined) as Promise<Vitals>,
    stop: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const exit = once(child, 'exit');
      if (child.connected) child.disconnect();
      const late = pause(stopWithinMs, 'late', { ref: false });
      if ((await Promise.race([exit, late])) === 'late') child.kill('SIGKILL');
      await exit;
    },
  };
  started.push(own);
  return own;
}

function connect(child: ChildProcess, file: string): (name: string, argument: unknown) => Promise<unknown> {
  const open = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>();
  let last = 0;
  child.on('message', (answer: Answer) => {
    const question = open.get(answer.id);
    open.delete(answer.id);
    if ('error' in answer) question?.reject(new Error(answer.error));
    else question?.resolve(answer.value);
  });
  child.on('exit', (code) => {
    for (const { reject } of open.values()) reject(new Error(`${file} ended with ${code}`));
  });
  return (name, argument) =>
    new Promise((resolve, reject) => {
      const id = ++last;
      open.set(id, { resolve, reject });
      child.send({ id, name, argument });
    });
}
