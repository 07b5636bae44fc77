import { type Destination, decodeDestination } from '../core/address/destination.ts';
import type { WorkItem } from '../services/ports/work-notifier.ts';
import { refreshCards } from './cards/refresh-cards.ts';
import type { JobServices } from './job-services.ts';
import { runOperation } from './operations/run-operation.ts';
import { drainDestination } from './outbox/drain-destination.ts';
import type { WorkHandler } from './queue/work-queue.ts';
import type { WaitingWork } from './sweep.ts';

/** Changes come in bursts, the votes of a poll's first minute above all; what comes within so long is drawn once. */
const gatherMs = 200;

/** What does each kind of work, by the id of its job. Each asks for a later job when there is something left to do. */
export function createWork(jobs: JobServices): Record<WaitingWork['job'], WorkHandler> {
  const again = async (delayMs: number | null, item: (delayMs: number) => WorkItem) => {
    if (delayMs !== null) await jobs.notifier.notify([item(delayMs)]);
  };
  const at = (
    job: 'delivery' | 'card',
    run: (jobs: JobServices, destination: Destination) => Promise<number | null>,
  ): WorkHandler => {
    return async (id) => {
      const destination = decodeDestination(id);
      await again(await run(jobs, destination), (delayMs) => ({ job, destination, delayMs }));
    };
  };
  return {
    delivery: at('delivery', drainDestination),
    card: at('card', async (_, destination) => {
      await jobs.sleep(gatherMs);
      return refreshCards(jobs, destination);
    }),
    operation: async (releaseId) =>
      again(await runOperation(jobs, releaseId), (delayMs) => ({ job: 'operation', releaseId, delayMs })),
  };
}
