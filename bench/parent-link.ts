/** What a process of the benchmarks can be asked to do, by name. */
export type Handlers = Record<string, (argument: never) => Promise<unknown>>;

export interface Question {
  id: number;
  name: string;
  argument: unknown;
}

/** What every process of the benchmarks can tell of itself. */
export interface Vitals {
  /** Milliseconds of processor time so far. */
  cpuMs: number;
  /** Bytes of resident memory. */
  rss: number;
  /** Bytes of JavaScript's own memory: in use, and taken for it; and of buffers beside it. */
  heapUsed: number;
  heapTotal: number;
  external: number;
}

export type Answer = { id: number; value: unknown } | { id: number; error: string };

/** Answers what the parent process asks, one answer to a question. */
export function serveParent(handlers: Handlers): void {
  process.on('message', async ({ id, name, argument }: Question) => {
    try {
      const handle = name === 'vitals' ? readVitals : handlers[name];
      if (!handle) throw new Error(`this process can't ${name}`);
      answer({ id, value: await handle(argument as never) });
    } catch (error) {
      answer({ id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
    }
  });
  // The parent is gone, or wants this process to end; a profile is written by an ordinary exit only.
  process.once('disconnect', () => process.exit(0));
}

async function readVitals(): Promise<Vitals> {
  const { user, system } = process.cpuUsage();
  const { rss, heapUsed, heapTotal, external } = process.memoryUsage();
  return { cpuMs: (user + system) / 1000, rss, heapUsed, heapTotal, external };
}

function answer(message: Answer): void {
  process.send?.(message);
}
