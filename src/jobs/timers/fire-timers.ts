import type { TimerKind } from '../../db/schema/outbox.ts';
import { backOffMs } from '../../lib/back-off.ts';
import { errorMessage } from '../../lib/error-message.ts';
import { sideBySide } from '../../lib/side-by-side.ts';
import { asSystem } from '../../services/kernel/context.ts';
import { fireMessages } from '../../services/timer/fire-messages.ts';
import { fireTimer } from '../../services/timer/fire-timer.ts';
import type { JobServices } from '../job-services.ts';

interface DueTimer {
  id: string;
  release_id: string;
  kind: TimerKind;
  subject_id: string;
  revision: number;
  attempts: number;
}

/**
 * How many timers are looked up at a time, how many messages are sent in the first transaction and in each of the
 * later ones, and how many timers that need a transaction of their own are worked on side by side.
 */
const batch = { timers: 1_000, firstMessages: 32, messages: 64, single: 8 };

/**
 * Between two transactions with messages the drains get time to post what was fired: until about so many of its
 * messages wait, which is looked at every so often, but no longer than four times what that transaction took, and a
 * quarter of a second: a channel's pace or another process may hold them. Enough are left to keep the drains busy
 * during the next transaction.
 */
const pause = { waiting: 100, timesTaken: 4, longestMs: 250, lookEveryMs: 10 };

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
  backlog: Backlog;
}

/** The messages of one firing that wait to be posted. */
interface Backlog {
  add(messages: number): void;
  /** Fewer than there are, when others were posted meanwhile. */
  waiting(): number;
}

function openBacklog(posted: () => number): Backlog {
  const before = posted();
  let fired = 0;
  return {
    add: (messages) => {
      fired += messages;
    },
    waiting: () => fired - (posted() - before),
  };
}

/**
 * Fires every timer that is due, those of one release in the order in which they are due. Returns how
 * many were found. Several processes may run it at once: each timer is claimed in a transaction.
 */
export async function fireDueTimers(
  jobs: JobServices,
  { posted }: Surroundings = { posted: () => 0 },
): Promise<number> {
  const backlog = openBacklog(posted);
  let found = 0;
  for (;;) {
    const due = await findDueTimers(jobs);
    if (due.length === 0 || jobs.stopping.aborted) return found;
    found += due.length;
    await fireByRelease({ jobs, backlog }, due);
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
async function fireByRelease({ jobs, backlog }: Parts, due: readonly DueTimer[]): Promise<void> {
  let queues = [...groupBy(due, (timer) => timer.release_id).values()];
  while (queues.length > 0 && !jobs.stopping.aborted) {
    const held = await fireWave(
      { jobs, backlog },
      queues.flatMap((queue) => queue.slice(0, 1)),
    );
    queues = queues.map((queue) => queue.slice(1)).filter(([next]) => next && !held.has(next.release_id));
  }
}

/** Fires one timer of each release; returns the releases that wait for one that failed. */
async function fireWave({ jobs, backlog }: Parts, wave: readonly DueTimer[]): Promise<Set<string>> {
  const left = await fireTogether({ jobs, backlog }, wave);
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
async function fireTogether({ jobs, backlog }: Parts, wave: readonly DueTimer[]): Promise<DueTimer[]> {
  const messages = wave.filter(({ kind }) => kind === 'communication');
  if (messages.length < 2) return [...wave];
  const left = new Set(wave);
  let size = batch.firstMessages;
  for (let start = 0; start < messages.length && !jobs.stopping.aborted; ) {
    const some = messages.slice(start, start + size);
    start += some.length;
    size = batch.messages;
    // Work is measured, and not the time of day: that may be set.
    const begun = performance.now();
    const { fired, outgoing } = await fireMessagesOf(jobs, some);
    for (const timer of fired) left.delete(timer);
    backlog.add(outgoing);
    const isLast = start === messages.length;
    if (outgoing > 0 && !isLast) await letDrainsPost({ jobs, backlog }, performance.now() - begun);
  }
  return [...left];
}

async function letDrainsPost({ jobs, backlog }: Parts, tookMs: number): Promise<void> {
  const end = performance.now() + Math.min(pause.timesTaken * tookMs, pause.longestMs);
  do await jobs.sleep(pause.lookEveryMs);
  while (backlog.waiting() > pause.waiting && performance.now() < end && !jobs.stopping.aborted);
}

async function fireMessagesOf(
  jobs: JobServices,
  timers: readonly DueTimer[],
): Promise<{ fired: DueTimer[]; outgoing: number }> {
  const input = timers.map(({ id, release_id: releaseId, subject_id: communicationId, revision }) => {
    return { timerId: id, releaseId, communicationId, revision };
  });
  try {
    const result = await fireMessages({ ctx: asSystem(jobs), input: { timers: input } });
    if (!result.ok) return { fired: [], outgoing: 0 };
    const left = new Set(result.value.left);
    return { fired: timers.filter(({ id }) => !left.has(id)), outgoing: result.value.outgoing };
  } catch (error) {
    // One of them is broken: alone, each of the others is sent, and that one is told apart.
    jobs.log.warn({ note: errorMessage(error), count: timers.length }, 'messages are fired one by one');
    return { fired: [], outgoing: 0 };
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
  const note = errorMessage(error);
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

function groupBy<Item>(items: readonly Item[], key: (item: Item) => string): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const group = groups.get(key(item));
    if (group) group.push(item);
    else groups.set(key(item), [item]);
  }
  return groups;
}
