import { encodeDestination } from '../../core/address/destination.ts';
import type { Clock } from '../../lib/clock.ts';
import { errorMessage } from '../../lib/error-message.ts';
import type { Log } from '../../lib/log.ts';
import type { WorkItem, WorkNotifier } from '../../services/ports/work-notifier.ts';
import type { RunningDrains } from '../outbox/running-drains.ts';
import type { QueueName, QueueRequest, WorkQueue } from './work-queue.ts';

/** What is due later than this is left to the planner. Real milliseconds. */
export const horizonMs = 15 * 60_000;

/** Where wake-ups are sent, until it is stopped. */
interface StoppableNotifier extends WorkNotifier {
  stop(): void;
}

/**
 * Puts wake-ups into the queue, but for those of which a drain of this process has been told. Nobody waits for it
 * and nothing depends on it: what the queue does not take is found by the sweep.
 */
export function createWorkNotifier({
  queue,
  drains,
  clock,
  log,
}: {
  queue: Pick<WorkQueue, 'enqueueMany'>;
  drains: Pick<RunningDrains, 'tell'>;
  clock: Clock;
  log: Log;
}): StoppableNotifier {
  const localTimeouts = new Map<number, NodeJS.Timeout>();
  let isStopped = false;
  /** Rings at the instant itself: on a Redis with its usual settings the job comes up to a tenth of a second late. */
  const setLocalTimeout = (item: TimerItem) => {
    const { dueAt } = item;
    const delayMs = clock.delayUntil(dueAt);
    if (isStopped || delayMs === 0 || delayMs > horizonMs) return;
    clearTimeout(localTimeouts.get(dueAt));
    const alarm = () => {
      localTimeouts.delete(dueAt);
      void enqueue([item]);
    };
    localTimeouts.set(dueAt, setTimeout(alarm, delayMs).unref());
  };
  const enqueue = async (workItems: readonly WorkItem[]) => {
    const unknown = workItems.filter((item) => !isTold(item, drains));
    for (const item of unknown) if (item.job === 'timer') setLocalTimeout(item);
    try {
      const requests = groupByQueue(unknown, clock);
      await Promise.all([...requests].map(([name, batch]) => queue.enqueueMany(name, batch)));
    } catch (error) {
      const note = errorMessage(error);
      log.warn({ note, count: unknown.length }, 'the queue did not take a wake-up; the sweep will find it');
    }
  };
  return {
    notify: async (workItems) => {
      void enqueue(workItems);
    },
    stop: () => {
      isStopped = true;
      for (const alarm of localTimeouts.values()) clearTimeout(alarm);
      localTimeouts.clear();
    },
  };
}

type TimerItem = Extract<WorkItem, { job: 'timer' }>;

/** Whether a drain of this process has been told of it. */
function isTold(item: WorkItem, drains: Pick<RunningDrains, 'tell'>): boolean {
  return item.job === 'delivery' && !item.delayMs && drains.tell(encodeDestination(item.destination));
}

/** QueueRequests that ask for the same are one. */
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
