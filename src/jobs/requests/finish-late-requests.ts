import type { JobServices } from '../job-services.ts';

/** A request that nobody could be told of for so long is given up, in milliseconds. */
const givenUpAfterMs = 24 * 3_600_000;

/**
 * Finishes what was acknowledged with "Working on it…" by a process that ended before it had answered: one after the
 * other, the oldest first. What had been committed is not done again; the person gets the answer.
 */
export async function finishLateRequests({ late, clock, log, stopping }: JobServices): Promise<void> {
  if (!late) return;
  while (!stopping.aborted) {
    const request = await late.requests.takeUp();
    if (!request) return;
    const { key, kind, receivedAt } = request;
    log.info({ kind }, 'finishing a request that was left behind');
    const isOver = clock.wall() - receivedAt > givenUpAfterMs;
    const isTold = await late.repeat(request).catch((error: unknown) => {
      log.error({ error, kind }, 'a late request could not be finished');
      return false;
    });
    if (isOver && !isTold) log.error({ kind }, 'a late request is given up');
    if (isTold || isOver) await late.requests.forget(key);
    else late.requests.release(key);
  }
}
