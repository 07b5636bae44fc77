import { type ChildProcess, type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { eventually } from '../../support/eventually.ts';

/** `tminus …` in a process of its own, and what it has said so far. */
export interface CliProcess {
  child: ChildProcess;
  /** Everything it wrote, to standard output and standard error. */
  said(): string;
  /** Waits until `words` was said; answers the match. Throws, with all that was said, when it ends before. */
  says(words: RegExp): Promise<RegExpExecArray>;
  /** Its exit code, null when it was killed by a signal. */
  exit(): Promise<number | null>;
}

/** How long the command line may take to say something, milliseconds. */
const timeoutMs = 120_000;

/** Starts the command line as a newcomer's `npx tminus` does. */
export function startCli(words: string[]): CliProcess {
  return follow(
    spawn(process.execPath, [path.resolve('bin/tminus.mjs'), ...words], {
      stdio: ['ignore', 'pipe', 'pipe'],
    }),
  );
}

/**
 * Starts `npm run sandbox` in a process group of its own, as a terminal does: a signal to the group (its id
 * is the child's, negative) is what Ctrl-C sends. It ends when the whole group has.
 */
export function startNpmSandbox(words: string[]): CliProcess {
  const command = ['run', 'sandbox', '--', ...words];
  return follow(spawn('npm', command, { stdio: ['ignore', 'pipe', 'pipe'], detached: true }));
}

function follow(child: ChildProcessByStdio<null, Readable, Readable>): CliProcess {
  const exited = once(child, 'close').then(([code]) => code as number | null);
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
  }
  const says = async (words: RegExp) => {
    let match: RegExpExecArray | null = null;
    const look = () => {
      match = words.exec(said);
      if (!match && child.exitCode === null) throw new Error(`It has not said ${words} but:\n${said}`);
    };
    await eventually(look, timeoutMs);
    if (!match) throw new Error(`It ended without saying ${words}:\n${said}`);
    return match as RegExpExecArray;
  };
  return { child, said: () => said, says, exit: () => exited };
}
