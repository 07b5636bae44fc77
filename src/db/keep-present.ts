import type { Log } from '../lib/log.ts';
import { runOnceAtATime } from '../lib/run-once-at-a-time.ts';
import { forgetProcess, noteProcess } from './note-process.ts';
import type { Queries } from './transaction.ts';

/** How often a process says that it is there, milliseconds: three times before others take it for gone. */
const noteEveryMs = 2_000;

/**
 * Notes again and again that this process is there, until it is stopped; resolves once it was noted for the first time. `db` has
 * connections that nothing else uses: a process that waits for a row is not gone.
 */
export async function keepPresent({
  db,
  processId,
  log,
}: {
  db: Queries;
  processId: string;
  log: Log;
}): Promise<{ stop(): Promise<void> }> {
  const note = runOnceAtATime(() => noteProcess(db, processId));
  const warn = (error: unknown) => log.warn({ error }, 'it could not be noted that this process is there');
  // A database that takes no writes is what the health check tells of.
  await note().catch(warn);
  const timer = setInterval(() => void note().catch(warn), noteEveryMs);
  return {
    stop: async () => {
      clearInterval(timer);
      // What is under way must not note it again afterwards.
      await note().catch(warn);
      await forgetProcess(db, processId);
    },
  };
}
