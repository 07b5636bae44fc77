import type { WorkItem } from '../../services/ports/work-notifier.ts';
import type { JobServices } from '../job-services.ts';
import { horizonMs } from '../queue/notify-workers.ts';

/** At most so many rows are put into the queue at a time. */
const batchSize = 2_000;

interface Row {
  id: string;
  revision: number;
  due_at: Date;
}

/**
 * Puts the timers that are due within the horizon into the queue as delayed wake-ups, each once. The
 * queue thus holds the next minutes only, however many releases are planned.
 */
export async function planTimers(jobs: JobServices): Promise<number> {
  const until = new Date(jobs.clock.instantAfter(horizonMs));
  const { rows } = await jobs.db.pool.query<Row>({
    name: 'plan-timers',
    text: `update timers set enqueued_revision = revision where id in (
        select id from timers where state = 'pending' and due_at <= $1 and enqueued_revision is distinct from revision
        order by due_at limit $2 for update skip locked)
      returning id, revision, due_at`,
    values: [until, batchSize],
  });
  const workItems = rows.map((row): WorkItem => {
    return { job: 'timer', timerId: row.id, revision: row.revision, dueAt: row.due_at.getTime() };
  });
  if (workItems.length > 0) await jobs.notifier.notify(workItems);
  return rows.length;
}

/** Forgets what is in the queue, so that it is put there again: the queue was emptied or the clock was moved. */
export async function forgetEnqueued(jobs: JobServices): Promise<void> {
  await jobs.db.pool.query({
    name: 'forget-enqueued',
    text: `update timers set enqueued_revision = null where state = 'pending' and enqueued_revision is not null`,
  });
}
