import { encodeDestination } from '../../core/address/destination.ts';
import type { Clock } from '../../lib/clock.ts';
import { errorMessage } from '../../lib/error-message.ts';
import type { Log } from '../../lib/log.ts';
import { runOnceAtATime } from '../../lib/run-once-at-a-time.ts';
import type { WorkItem, WorkNotifier } from '../../services/ports/work-notifier.ts';
import { type QueueName, type QueueRequest, QueueUnavailableError, type WorkQueue } from './work-queue.ts';

/** What is due later than this is left to the planner. Real milliseconds. */
export const horizonMs = 15 * 60_000;

/** A notifier that has timeouts of its own, until it is stopped. */
interface StoppableNotifier extends WorkNotifier {
  stop(): void;
}

/**
 * Puts work items into the queue. Nobody waits for it and nothing depends on it: what the queue does not take is
 * found by the sweep.
 */
export function createWorkNotifier({
  queue,
  clock,
  log,
}: {
  queue: Pick<WorkQueue, 'enqueueMany'>;
  clock: Clock;
  log: Log;
}): StoppableNotifier {
  const localTimeouts = new Map<number, NodeJS.Timeout>();
  let isStopped = false;
  /** At the instant itself: on a Redis with its usual settings the delayed job comes up to a tenth of a second late. */
  const setLocalTimeout = (item: TimerItem) => {
    const { dueAt } = item;
    const delayMs = clock.delayUntil(dueAt);
    if (isStopped || delayMs === 0 || delayMs > horizonMs) return;
    clearTimeout(localTimeouts.get(dueAt));
    const atInstant = () => {
      localTimeouts.delete(dueAt);
      notify([item]);
    };
    localTimeouts.set(dueAt, setTimeout(atInstant, delayMs).unref());
  };
  const enqueue = async (workItems: readonly WorkItem[]) => {
    try {
      const requests = groupByQueue(workItems, clock);
      await Promise.all([...requests].map(([name, batch]) => queue.enqueueMany(name, batch)));
    } catch (error) {
      // The queue itself tells that it is away, once a minute.
      if (error instanceof QueueUnavailableError) return;
      const about = { note: errorMessage(error), count: workItems.length };
      log.warn(about, 'the queue did not take some work; the sweep will find it');
    }
  };
  let waiting: WorkItem[] = [];
  const enqueueWaiting = runOnceAtATime(async () => {
    const workItems = waiting;
    waiting = [];
    if (workItems.length > 0) await enqueue(workItems);
  });
  /** What comes while the queue takes something goes there together, once for each destination. */
  const notify = (workItems: readonly WorkItem[]) => {
    for (const item of workItems) if (item.job === 'timer') setLocalTimeout(item);
    waiting.push(...workItems);
    void enqueueWaiting();
  };
  return {
    notify: async (workItems) => notify(workItems),
    stop: () => {
      isStopped = true;
      for (const timeout of localTimeouts.values()) clearTimeout(timeout);
      localTimeouts.clear();
    },
  };
}

type TimerItem = Extract<WorkItem, { job: 'timer' }>;

/** Requests that ask for the same are one. */
function groupByQueue(workItems: readonly WorkItem[], clock: Clock): Map<QueueName, QueueRequest[]> {
  const groups = new Map<QueueName, Map<string, QueueRequest>>();
  for (const item of workItems) {
    const { queue, request } = requestOf(item, clock);
    const { id, delayMs = 0 } = request;
    if (delayMs > horizonMs) continue;
    const group = groups.get(queue) ?? new Map<string, QueueRequest>();
    groups.set(queue, group.set(`${id} ${delayMs}`, request));
  }
  return new Map([...groups].map(([queue, group]) => [queue, [...group.values()]]));
}

function requestOf(item: WorkItem, clock: Clock): { queue: QueueName; request: QueueRequest } {
  switch (item.job) {
    case 'timer':
      // One job for all that is due at an instant, since it fires whatever is due: a thousand timers cost what one costs.
      return { queue: 'timers', request: request('due', clock.delayUntil(item.dueAt)) };
    case 'delivery':
      return { queue: 'deliveries', request: request(encodeDestination(item.destination), item.delayMs) };
    case 'card':
      return { queue: 'cards', request: request(encodeDestination(item.destination), item.delayMs) };
    case 'operation':
      return { queue: 'operations', request: request(item.releaseId, item.delayMs) };
  }
}

function request(id: string, delayMs = 0): QueueRequest {
  return delayMs > 0 ? { id, delayMs } : { id };
}
