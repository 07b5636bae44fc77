import type { TimerKind } from '../db/schema/outbox.ts';
import { asSystem } from '../services/context.ts';
import { fireMessages } from '../services/timer/fire-messages.ts';
import { fireTimer } from '../services/timer/fire-timer.ts';
import { backOffMs } from './back-off.ts';
import type { JobServices } from './job-services.ts';
import { sideBySide } from './side-by-side.ts';

interface DueTimer {
  id: string;
  release_id: string;
  kind: TimerKind;
  subject_id: string;
  revision: number;
  attempts: number;
}

/**
 * How many timers are looked up at a time, how many messages are sent in the first transaction and in one of the
 * later ones, each twice as large as the one before, and how many timers that need a transaction of their own are
 * worked on side by side.
 */
const batch = { timers: 1_000, firstMessages: 32, messages: 64, single: 8 };

/**
 * Between two transactions with messages the drains get time to post what was fired: until at most so many of its
 * messages wait, which is looked at every so often, but never for more than a quarter of a second, since a channel's
 * pace or another process may hold them. Enough are left to keep the drains busy during the next transaction.
 */
const pause = { waiting: 100, longestMs: 250, lookEveryMs: 10 };

/** What the firing takes into account of the jobs around it. */
interface Surroundings {
  /** How many messages this process has posted since it started. */
  posted: () => number;
}

/**
 * So many failures of a timer hold back what comes later in its release, about half a minute, so that
 * nothing is told out of order. After that one broken message must not keep the whole release waiting.
 */
const holdingFailures = 5;

interface Parts {
  jobs: JobServices;
  around: Surroundings;
}

/**
 * Fires every timer that is due, those of one release in the order in which they are due. Returns how
 * many were found. Several processes may run it at once: each timer is claimed in a transaction.
 */
export async function fireDueTimers(
  jobs: JobServices,
  around: Surroundings = { posted: () => Number.POSITIVE_INFINITY },
): Promise<number> {
  let found = 0;
  for (;;) {
    const due = await findDueTimers(jobs);
    if (due.length === 0 || jobs.stopping.aborted) return found;
    found += due.length;
    await fireByRelease({ jobs, around }, due);
    if (due.length < batch.timers) return found;
  }
}

async function findDueTimers(jobs: JobServices): Promise<DueTimer[]> {
  const { rows } = await jobs.db.pool.query<DueTimer>({
    name: 'due-timers',
    text: `select t.id, t.release_id, t.kind, t.subject_id, t.revision, t.attempts from timers t
        left join communications c on c.id = case when t.kind = 'communication' then t.subject_id::uuid end
      where t.state = 'pending' and t.due_at <= $1 and (t.not_before is null or t.not_before <= $2)
        and not exists (select from timers failed where failed.state = 'pending' and failed.due_at <= t.due_at
          and failed.release_id = t.release_id and failed.not_before > $2 and failed.attempts <= $4)
      -- What closes comes before what is told or opened at the same instant: it may depend on the decision.
      order by t.due_at, t.kind <> 'poll-close', c.position nulls last, t.id limit $3`,
    values: [new Date(jobs.clock.now()), new Date(jobs.clock.wall()), batch.timers, holdingFailures],
  });
  return rows;
}

/** Goes in waves, a timer of each release in each of them. */
async function fireByRelease({ jobs, around }: Parts, due: readonly DueTimer[]): Promise<void> {
  let queues = [...groupBy(due, (timer) => timer.release_id).values()];
  while (queues.length > 0 && !jobs.stopping.aborted) {
    const held = await fireWave(
      { jobs, around },
      queues.flatMap((queue) => queue.slice(0, 1)),
    );
    queues = queues.map((queue) => queue.slice(1)).filter(([next]) => next && !held.has(next.release_id));
  }
}

/** Fires one timer of each release; returns the releases that wait for one that failed. */
async function fireWave({ jobs, around }: Parts, wave: readonly DueTimer[]): Promise<Set<string>> {
  const left = await fireTogether({ jobs, around }, wave);
  const held = new Set<string>();
  await sideBySide(left, { atMost: batch.single, stopping: jobs.stopping }, async (timer) => {
    if (!(await fireAlone(jobs, timer))) held.add(timer.release_id);
  });
  return held;
}

/**
 * Sends the messages among the timers, many in a transaction; returns the timers that are still to be fired. The
 * first transaction is small, so that posting begins soon.
 */
async function fireTogether({ jobs, around }: Parts, wave: readonly DueTimer[]): Promise<DueTimer[]> {
  const messages = wave.filter(({ kind }) => kind === 'communication');
  if (messages.length < 2) return [...wave];
  const left = new Set(wave);
  const postedBefore = around.posted();
  let size = batch.firstMessages;
  for (let start = 0; start < messages.length && !jobs.stopping.aborted; ) {
    const some = messages.slice(start, start + size);
    start += some.length;
    size = Math.min(2 * size, batch.messages);
    const fired = await fireMessagesOf(jobs, some);
    for (const timer of fired) left.delete(timer);
    const firedInAll = wave.length - left.size;
    const isLast = start === messages.length;
    if (fired.length > 0 && !isLast)
      await letDrainsPost(jobs, () => firedInAll - (around.posted() - postedBefore));
  }
  return [...left];
}

async function letDrainsPost(jobs: JobServices, waiting: () => number): Promise<void> {
  // Work is measured, and not the time of day: that may be set.
  const end = performance.now() + pause.longestMs;
  do await jobs.sleep(pause.lookEveryMs);
  while (waiting() > pause.waiting && performance.now() < end && !jobs.stopping.aborted);
}

async function fireMessagesOf(jobs: JobServices, timers: readonly DueTimer[]): Promise<DueTimer[]> {
  const input = timers.map(({ id, release_id: releaseId, subject_id: communicationId, revision }) => {
    return { timerId: id, releaseId, communicationId, revision };
  });
  try {
    const result = await fireMessages({ ctx: asSystem(jobs), input: { timers: input } });
    const left = new Set(result.ok ? result.value.left : input.map(({ timerId }) => timerId));
    return timers.filter(({ id }) => !left.has(id));
  } catch (error) {
    // One of them is broken: alone, each of the others is sent, and that one is told apart.
    jobs.log.warn({ note: noteOf(error), count: timers.length }, 'messages are fired one by one');
    return [];
  }
}

/** Returns whether the release may go on with its next timer. */
async function fireAlone(jobs: JobServices, timer: DueTimer): Promise<boolean> {
  try {
    const input = { timerId: timer.id, releaseId: timer.release_id, revision: timer.revision };
    await fireTimer({ ctx: asSystem(jobs), input });
    return true;
  } catch (error) {
    const isPostponed = await postpone(jobs, timer, error);
    return !isPostponed || timer.attempts >= holdingFailures;
  }
}

/** Returns false when the timer was done, moved or cancelled meanwhile: it failed for that, or no longer matters. */
async function postpone(jobs: JobServices, timer: DueTimer, error: unknown): Promise<boolean> {
  const note = noteOf(error);
  const attempts = timer.attempts + 1;
  const { rowCount } = await jobs.db.pool.query({
    name: 'postpone-timer',
    text: `update timers set attempts = attempts + 1, not_before = $3, error = $4
      where id = $1 and revision = $2 and state = 'pending'`,
    values: [timer.id, timer.revision, new Date(jobs.clock.wall() + backOffMs(attempts, jobs.random)), note],
  });
  const about = { timerId: timer.id, attempts, note };
  if (rowCount === 1) jobs.log.error(about, 'a timer failed and will be tried again');
  else jobs.log.warn(about, 'a timer failed; meanwhile it was done, moved or cancelled');
  return rowCount === 1;
}

function noteOf(error: unknown): string {
  return error instanceof Error ? error.message : 'unknown error';
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
