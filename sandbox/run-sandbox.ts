import path from 'node:path';
import { hasErrorCode } from '../src/lib/error-code.ts';
import { errorMessage } from '../src/lib/error-message.ts';
import { findFreePort } from '../src/lib/free-port.ts';
import { keepSandbox } from './keep-sandbox.ts';
import { botLogFile, type SandboxOptions } from './start-sandbox.ts';

/** The address that stays the same from start to start, as long as nobody else has it. */
const defaultPort = 4300;

/** `port`: undefined takes the usual one, or the next that is free; a given one is taken or refused. */
export type RunOptions = Pick<SandboxOptions, 'dataDir' | 'databaseUrl' | 'redisUrl' | 'platforms'> & {
  port?: number;
};

const say = (line: string) => console.log(line);

/** `npm run sandbox`: runs until Ctrl-C, and goes on where it was the next time. */
export async function runSandbox(options: RunOptions): Promise<void> {
  tellPlaces(options.dataDir);
  const starting = start(options);
  stopOnSignal(async () => (await starting).stop());
  const sandbox = await starting;
  say(`\n  Open ${sandbox.url} in a browser.\n`);
  say('Ctrl-C stops everything, and the same command goes on from there.');
}

function tellPlaces(dataDir: string): void {
  say(`Everything is kept in ${path.resolve(dataDir)}; the bot's log is ${botLogFile(dataDir)}`);
}

async function start({ port, ...options }: RunOptions) {
  try {
    return await keepSandbox(
      { ...options, port: port ?? (() => nextFreePort(defaultPort)), say },
      endWithError,
    );
  } catch (error) {
    if (!hasErrorCode(error, 'EADDRINUSE')) throw error;
    throw new Error(
      `Port ${port ?? defaultPort} is taken by another program. Choose another with --port; 0 takes any free one.`,
    );
  }
}

function endWithError(error: unknown): void {
  console.error(`The new start failed: ${errorMessage(error)}`);
  process.exit(1);
}

async function nextFreePort(first: number): Promise<number> {
  for (let port = first; port < first + 20; port += 1) {
    if ((await findFreePort(port)) !== port) continue;
    if (port !== first) say(`Port ${first} is taken by another program; this one takes ${port}`);
    return port;
  }
  return first;
}

/** One Ctrl-C arrives more than once, milliseconds apart: the terminal and npm each pass it on. */
const sameSignalMs = 2_000;

/** Ctrl-C stops in order, also in mid-start; a later one does not wait. */
function stopOnSignal(stop: () => Promise<void>): void {
  let stoppingSince: number | null = null;
  const onSignal = () => {
    if (stoppingSince !== null) {
      if (performance.now() - stoppingSince > sameSignalMs) process.exit(1);
      return;
    }
    stoppingSince = performance.now();
    say('\nStopping; the next start goes on from here');
    stop().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
}
