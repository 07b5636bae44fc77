import { once } from 'node:events';
import type { Worker } from 'node:worker_threads';
import { hasErrorCode } from '../../lib/error-code.ts';
import { errorMessage } from '../../lib/error-message.ts';
import { startWorker } from '../../lib/start-worker.ts';
import type { MetricsPage, PageOptions } from './read-page.ts';

/** What the program in the thread says: `ready` first, then one answer for each text. */
export type FromPageProgram =
  | { type: 'ready' }
  | { type: 'page'; page: MetricsPage }
  | { type: 'refused'; reason: string };

export interface PageReader {
  /** Reads one page at a time; rejects with a reason that can be shown. */
  read(text: string): Promise<MetricsPage>;
  /** Ends the thread, in the middle of a page too. */
  close(): Promise<void>;
}

export interface PageReaderOptions {
  page: PageOptions;
  /** Longest time for one page, milliseconds. */
  timeoutMs: number;
  /** How much memory a page may take depends on its size. */
  maxPageBytes: number;
  /** How long the thread may take to be ready, milliseconds; an idle machine needs a tenth of a second. */
  startTimeoutMs?: number;
  /** For tests. */
  program?: URL;
}

/** From the bundle this code runs in one folder with the program, from the source too. */
const pageProgram = import.meta.url.endsWith('.ts')
  ? new URL('./page-program.ts', import.meta.url)
  : new URL('./page-program.js', import.meta.url);

/**
 * Reads pages in a thread of its own. The page belongs to the service that is being released: whatever is in it,
 * it must not keep the bot from answering. A thread that takes longer than `timeoutMs`, or more memory than it may,
 * is ended, and the next page gets a new one.
 */
export function createPageReader(options: PageReaderOptions): PageReader {
  const { timeoutMs, startTimeoutMs = 15_000 } = options;
  let worker: Worker | undefined;
  const end = async (): Promise<void> => {
    const ended = worker;
    worker = undefined;
    await ended?.terminate();
  };
  const ready = async (): Promise<Worker> => {
    if (worker !== undefined) return worker;
    const started = openWorker(options);
    worker = started;
    started.once('exit', () => {
      if (worker === started) worker = undefined;
    });
    await nextMessage(started, { withinMs: startTimeoutMs, late: 'its reader was not ready' });
    return started;
  };

  return {
    read: async (text) => {
      const answer = await ready()
        .then((started) => {
          started.postMessage(text);
          return nextMessage(started, { withinMs: timeoutMs, late: 'the page could not be read' });
        })
        .catch(async (error: unknown) => {
          await end();
          throw new Error(describeFailure(error));
        });
      if (answer.type === 'page') return answer.page;
      throw new Error(answer.type === 'refused' ? answer.reason : 'the page could not be read');
    },
    close: end,
  };
}

function openWorker({ page, maxPageBytes, program = pageProgram }: PageReaderOptions): Worker {
  const worker = startWorker(program, {
    workerData: page,
    // A text takes two bytes a character, and what is read of it is several times that.
    resourceLimits: {
      maxOldGenerationSizeMb: 96 + Math.ceil(maxPageBytes / 1024 ** 2) * 10,
      maxYoungGenerationSizeMb: 16,
    },
  });
  // It must not keep the process alive; and its failure is told to whoever waits, or to nobody.
  worker.unref();
  worker.on('error', () => undefined);
  return worker;
}

/** The thread said nothing in time; the message says what did not happen, and within which time. */
class LateReaderError extends Error {}

/** Rejects when the thread fails, ends or says nothing in time. */
async function nextMessage(
  worker: Worker,
  { withinMs, late }: { withinMs: number; late: string },
): Promise<FromPageProgram> {
  const settled = new AbortController();
  const timeout = AbortSignal.timeout(withinMs);
  const signal = AbortSignal.any([settled.signal, timeout]);
  const ended = once(worker, 'exit', { signal }).then(() => {
    throw new Error('its reader ended');
  });
  try {
    const [message]: FromPageProgram[] = await Promise.race([once(worker, 'message', { signal }), ended]);
    if (message === undefined) throw new Error('its reader said nothing');
    return message;
  } catch (error) {
    throw timeout.aborted ? new LateReaderError(`${late} within ${withinMs / 1000} s`) : error;
  } finally {
    settled.abort();
  }
}

function describeFailure(error: unknown): string {
  if (error instanceof LateReaderError) return error.message;
  if (hasErrorCode(error, 'ERR_WORKER_OUT_OF_MEMORY')) return 'the page takes more memory than it may';
  return `the page could not be read (${errorMessage(error)})`;
}
