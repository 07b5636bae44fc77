import { asSystem } from '../services/context.ts';
import { fireTimer } from '../services/timer/fire-timer.ts';
import { backOffMs } from './back-off.ts';
import type { JobServices } from './job-services.ts';

interface DueTimer {
  id: string;
  release_id: string;
  revision: number;
  attempts: number;
}

/** How many timers are taken at a time, and how many releases are worked on side by side. */
const batch = { timers: 500, releases: 8 };

/**
 * So many failures of a timer hold back what comes later in its release, about half a minute, so that
 * nothing is told out of order. After that one broken message must not keep the whole release waiting.
 */
const holdingFailures = 5;

/**
 * Fires every timer that is due, those of one release in the order in which they are due. Returns how
 * many were found. Several processes may run it at once: each timer is claimed in its own transaction.
 */
export async function fireDueTimers(jobs: JobServices): Promise<number> {
  let found = 0;
  for (;;) {
    const due = await findDueTimers(jobs);
    if (due.length === 0 || jobs.stopping.aborted) return found;
    found += due.length;
    await fireByRelease(jobs, due);
    if (due.length < batch.timers) return found;
  }
}

async function findDueTimers(jobs: JobServices): Promise<DueTimer[]> {
  const { rows } = await jobs.db.pool.query<DueTimer>({
    name: 'due-timers',
    text: `select t.id, t.release_id, t.revision, t.attempts from timers t
        left join communications c on t.kind = 'communication' and c.id::text = t.subject_id
      where t.state = 'pending' and t.due_at <= $1 and (t.not_before is null or t.not_before <= $2)
        and not exists (select from timers failed where failed.state = 'pending' and failed.due_at <= t.due_at
          and failed.release_id = t.release_id and failed.not_before > $2 and failed.attempts <= $4)
      order by t.due_at, c.position nulls last, t.id limit $3`,
    values: [new Date(jobs.clock.now()), new Date(jobs.clock.wall()), batch.timers, holdingFailures],
  });
  return rows;
}

async function fireByRelease(jobs: JobServices, due: readonly DueTimer[]): Promise<void> {
  const queues = [...groupBy(due, (timer) => timer.release_id).values()];
  const workers = Array.from({ length: Math.min(batch.releases, queues.length) }, async () => {
    for (let queue = queues.shift(); queue; queue = queues.shift()) await fireInOrder(jobs, queue);
  });
  await Promise.all(workers);
}

async function fireInOrder(jobs: JobServices, timers: readonly DueTimer[]): Promise<void> {
  for (const timer of timers) {
    if (jobs.stopping.aborted) return;
    try {
      const input = { timerId: timer.id, releaseId: timer.release_id, revision: timer.revision };
      await fireTimer({ ctx: asSystem(jobs), input });
    } catch (error) {
      await postpone(jobs, timer, error);
      if (timer.attempts < holdingFailures) return;
    }
  }
}

async function postpone(jobs: JobServices, timer: DueTimer, error: unknown): Promise<void> {
  const note = error instanceof Error ? error.message : 'unknown error';
  jobs.log.error(
    { timerId: timer.id, attempts: timer.attempts + 1, note },
    'a timer failed and will be tried again',
  );
  await jobs.db.pool.query({
    name: 'postpone-timer',
    text: 'update timers set attempts = attempts + 1, not_before = $2, error = $3 where id = $1',
    values: [timer.id, new Date(jobs.clock.wall() + backOffMs(timer.attempts + 1, jobs.random)), note],
  });
}

function groupBy<Item>(items: readonly Item[], key: (item: Item) => string): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const group = groups.get(key(item));
    if (group) group.push(item);
    else groups.set(key(item), [item]);
  }
  return groups;
}
