import type { Clock } from '../../lib/clock.ts';
import { errorMessage } from '../../lib/error-message.ts';
import type { Log } from '../../lib/log.ts';
import type { WakeUp, WakeUps } from '../../services/ports/work-notifier.ts';
import type { RunningDrains } from '../outbox/running-drains.ts';
import type { QueueName, Wake, WakeQueue } from './work-queue.ts';

/** What is due later than this is left to the planner. Real milliseconds. */
export const horizonMs = 15 * 60_000;

/** Where wake-ups are sent, until it is stopped. */
interface Ringing extends WakeUps {
  stop(): void;
}

/**
 * Puts wake-ups into the queue, but for those of which a drain of this process has been told. Nobody waits for it
 * and nothing depends on it: what the queue does not take is found by the sweep.
 */
export function createWakeUps({
  queue,
  drains,
  clock,
  log,
}: {
  queue: Pick<WakeQueue, 'wakeMany'>;
  drains: Pick<RunningDrains, 'tell'>;
  clock: Clock;
  log: Log;
}): Ringing {
  const alarms = new Map<number, NodeJS.Timeout>();
  let isStopped = false;
  /** Rings at the instant itself: on a Redis with its usual settings the job comes up to a tenth of a second late. */
  const setAlarm = (wakeUp: TimerWakeUp) => {
    const { dueAt } = wakeUp;
    const delayMs = clock.delayUntil(dueAt);
    if (isStopped || delayMs === 0 || delayMs > horizonMs) return;
    clearTimeout(alarms.get(dueAt));
    const alarm = () => {
      alarms.delete(dueAt);
      void ring([wakeUp]);
    };
    alarms.set(dueAt, setTimeout(alarm, delayMs).unref());
  };
  const ring = async (wakeUps: readonly WakeUp[]) => {
    const unknown = wakeUps.filter((wakeUp) => !isTold(wakeUp, drains));
    for (const wakeUp of unknown) if (wakeUp.job === 'timer') setAlarm(wakeUp);
    try {
      const wakes = groupByQueue(unknown, clock);
      await Promise.all([...wakes].map(([name, batch]) => queue.wakeMany(name, batch)));
    } catch (error) {
      const note = errorMessage(error);
      log.warn({ note, count: unknown.length }, 'the queue did not take a wake-up; the sweep will find it');
    }
  };
  return {
    send: async (wakeUps) => {
      void ring(wakeUps);
    },
    stop: () => {
      isStopped = true;
      for (const alarm of alarms.values()) clearTimeout(alarm);
      alarms.clear();
    },
  };
}

type TimerWakeUp = Extract<WakeUp, { job: 'timer' }>;

/** Whether a drain of this process has been told of it. */
function isTold(wakeUp: WakeUp, drains: Pick<RunningDrains, 'tell'>): boolean {
  return wakeUp.job === 'delivery' && !wakeUp.delayMs && drains.tell(wakeUp.destination);
}

/** Wakes that ask for the same are one. */
function groupByQueue(wakeUps: readonly WakeUp[], clock: Clock): Map<QueueName, Wake[]> {
  const groups = new Map<QueueName, Map<string, Wake>>();
  for (const wakeUp of wakeUps) {
    const { queue, wake } = wakeOf(wakeUp, clock);
    const { id, delayMs = 0 } = wake;
    if (delayMs > horizonMs) continue;
    const group = groups.get(queue) ?? new Map<string, Wake>();
    groups.set(queue, group.set(`${id} ${delayMs}`, wake));
  }
  return new Map([...groups].map(([queue, group]) => [queue, [...group.values()]]));
}

function wakeOf(wakeUp: WakeUp, clock: Clock): { queue: QueueName; wake: Wake } {
  switch (wakeUp.job) {
    case 'timer':
      // One job for all that is due at an instant, since it fires whatever is due: a thousand timers cost what one costs.
      return { queue: 'timers', wake: wake('due', clock.delayUntil(wakeUp.dueAt)) };
    case 'delivery':
      return { queue: 'deliveries', wake: wake(wakeUp.destination, wakeUp.delayMs) };
    case 'card':
      return { queue: 'cards', wake: wake(wakeUp.destination, wakeUp.delayMs) };
    case 'operation':
      return { queue: 'operations', wake: wake(wakeUp.releaseId, wakeUp.delayMs) };
  }
}

function wake(id: string, delayMs = 0): Wake {
  return delayMs > 0 ? { id, delayMs } : { id };
}
