import type { Clock } from '../core/clock.ts';
import type { Logger } from '../services/context.ts';
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
  queue: WakeQueue;
  clock: Clock;
  log: Logger;
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

function groupByQueue(wakeUps: readonly WakeUp[], clock: Clock): Map<QueueName, Wake[]> {
  const groups = new Map<QueueName, Wake[]>();
  for (const wakeUp of wakeUps) {
    const { queue, wake } = wakeOf(wakeUp, clock);
    if ((wake.delayMs ?? 0) > horizonMs) continue;
    groups.set(queue, [...(groups.get(queue) ?? []), wake]);
  }
  return groups;
}

function wakeOf(wakeUp: WakeUp, clock: Clock): { queue: QueueName; wake: Wake } {
  switch (wakeUp.job) {
    case 'timer': {
      const jobId = `${wakeUp.timerId}-${wakeUp.revision}`;
      return {
        queue: 'timers',
        wake: { id: wakeUp.timerId, jobId, delayMs: clock.delayUntil(wakeUp.dueAt) },
      };
    }
    case 'delivery':
      return { queue: 'deliveries', wake: coalesced(wakeUp.destination, wakeUp.delayMs) };
    case 'card':
      return { queue: 'cards', wake: coalesced(wakeUp.destination, wakeUp.delayMs) };
    case 'operation':
      return { queue: 'operations', wake: coalesced(wakeUp.releaseId, wakeUp.delayMs) };
  }
}

function coalesced(id: string, delayMs: number | undefined): Wake {
  return { id, coalesce: true, ...(delayMs === undefined ? {} : { delayMs }) };
}
