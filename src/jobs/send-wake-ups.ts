import type { Clock } from '../core/clock.ts';
import type { Log } from '../db/log.ts';
import type { WakeUp, WakeUps } from '../services/wake-ups.ts';
import type { QueueName, Wake, WakeQueue } from './queue/wake-queue.ts';

/** What is due later than this is left to the planner. Real milliseconds. */
export const horizonMs = 15 * 60_000;

/**
 * Puts wake-ups into the queue. Nobody waits for it and nothing depends on it: what the queue does not
 * take is found by the sweep.
 */
export function createWakeUps({
  queue,
  clock,
  log,
}: {
  queue: Pick<WakeQueue, 'wakeMany'>;
  clock: Clock;
  log: Log;
}): WakeUps {
  const ring = async (wakeUps: readonly WakeUp[]) => {
    try {
      const wakes = groupByQueue(wakeUps, clock);
      await Promise.all([...wakes].map(([name, batch]) => queue.wakeMany(name, batch)));
    } catch (error) {
      const note = error instanceof Error ? error.message : 'unknown error';
      log.warn({ note, count: wakeUps.length }, 'the queue did not take a wake-up; the sweep will find it');
    }
  };
  return {
    send: async (wakeUps) => {
      void ring(wakeUps);
    },
  };
}

/** Wakes that ask for the same are one. */
function groupByQueue(wakeUps: readonly WakeUp[], clock: Clock): Map<QueueName, Wake[]> {
  const groups = new Map<QueueName, Map<string, Wake>>();
  for (const wakeUp of wakeUps) {
    const { queue, wake } = wakeOf(wakeUp, clock);
    const { id, jobId = id, delayMs = 0 } = wake;
    if (delayMs > horizonMs) continue;
    const group = groups.get(queue) ?? new Map<string, Wake>();
    groups.set(queue, group.set(`${jobId} ${delayMs}`, wake));
  }
  return new Map([...groups].map(([queue, group]) => [queue, [...group.values()]]));
}

function wakeOf(wakeUp: WakeUp, clock: Clock): { queue: QueueName; wake: Wake } {
  switch (wakeUp.job) {
    case 'timer':
      return { queue: 'timers', wake: wakeAt(wakeUp.dueAt, clock) };
    case 'delivery':
      return { queue: 'deliveries', wake: coalesced(wakeUp.destination, wakeUp.delayMs) };
    case 'card':
      return { queue: 'cards', wake: coalesced(wakeUp.destination, wakeUp.delayMs) };
    case 'operation':
      return { queue: 'operations', wake: coalesced(wakeUp.releaseId, wakeUp.delayMs) };
  }
}

/** One job for all timers of an instant, since it fires whatever is due: a thousand of them cost what one costs. */
function wakeAt(dueAt: number, clock: Clock): Wake {
  const delayMs = clock.delayUntil(dueAt);
  if (delayMs === 0) return coalesced('due', undefined);
  return { id: 'due', jobId: `due-${dueAt}`, delayMs };
}

function coalesced(id: string, delayMs: number | undefined): Wake {
  return { id, coalesce: true, ...(delayMs === undefined ? {} : { delayMs }) };
}
