import type { Log } from '../../lib/log.ts';
import type { JobQueue } from './connection.ts';
import type { OutageLog } from './outage-log.ts';
import type { QueueName } from './work-queue.ts';

/**
 * Has BullMQ's scheduler add a `tick` every `ms`, and looks after it: a scheduler goes away when the queue is
 * emptied, and has been known to stop after a restart. Returns what stops the looking after, not the ticking.
 */
export async function keepTicking(
  queue: JobQueue,
  name: QueueName,
  ms: number,
  { log, outage }: { log: Log; outage: OutageLog },
): Promise<() => void> {
  const upsert = () => queue.upsertJobScheduler('tick', { every: ms }, { name, data: { id: 'tick' } });
  const look = async () => {
    const next = (await queue.getJobScheduler('tick'))?.next;
    // Neither long past nor far ahead, where a clock that was wrong may have put it.
    if (next !== undefined && Math.abs(next - Date.now()) < 3 * ms) return;
    log.warn({ queue: name }, 'The queue ticks no more, starting it again');
    // Updating would keep the lost iteration as the present one.
    await queue.removeJobScheduler('tick');
    await upsert();
  };
  await upsert();
  const watch = setInterval(() => {
    look().catch((error) => outage.failed({ error, queue: name }, 'Could not look after the tick'));
  }, 2 * ms);
  return () => clearInterval(watch);
}
