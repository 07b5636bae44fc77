import { type DigestTime, isDigestDue, nextDigestAt } from './digest-times.ts';
import { answersFrom, isSnoozed, type RemindedTask, remindedAt, type Tier } from './reminders.ts';

const dayMs = 86_400_000;
const weekMs = 7 * dayMs;

/** An open task as one person sees it, who is the owner, the backup or the release manager for it. */
export interface OwnTask extends RemindedTask {
  id: string;
  tier: Tier;
}

/** What somebody hears of their tasks at one time, all in one message. The ids of the tasks, by their instants. */
export interface Agenda {
  /** Due before, or asked for by now: they wait for this person. */
  waiting: string[];
  /** Due within the next day. */
  today: string[];
  /** Due within the next seven days. */
  week: string[];
}

/**
 * What a person is to hear of their open tasks after what they heard at `after`, up to `now` (epoch ms): a digest on
 * working mornings, a reminder at any other time, about those tasks whose reminder has come. Null: nothing. `lateMs`: a
 * digest may be so late.
 */
export function agendaAt(
  tasks: readonly OwnTask[],
  { after, now, lateMs, digest }: { after: number; now: number; lateMs: number; digest: DigestTime },
): { kind: 'digest' | 'reminder'; agenda: Agenda } | null {
  const asked = askedNow(tasks, now);
  if (isDigestDue({ after, now, lateMs }, digest)) return ifAny('digest', asked, now);
  const isReminded = (task: OwnTask) =>
    remindedAt(task, task.tier).some((instant) => instant > after && instant <= now);
  return ifAny('reminder', asked.filter(isReminded), now);
}

/** The next instant at which a person may have something to hear, epoch ms: the next digest, or a reminder before it. */
export function nextAgendaAt(
  tasks: readonly OwnTask[],
  { after, digest }: { after: number; digest: DigestTime },
): number {
  const reminders = tasks.flatMap((task) => remindedAt(task, task.tier)).filter((instant) => instant > after);
  return Math.min(nextDigestAt(after, digest), ...reminders);
}

/** What of a person's open tasks waits for them at `now` (epoch ms), is due within the day, and within the week. */
export function agendaNow(tasks: readonly OwnTask[], now: number): Agenda {
  return ifAny('digest', askedNow(tasks, now), now)?.agenda ?? { waiting: [], today: [], week: [] };
}

function askedNow(tasks: readonly OwnTask[], now: number): OwnTask[] {
  return tasks.filter((task) => !isSnoozed(task, now) && answersFrom(task, task.tier) <= now);
}

/** What is further off than a week is nothing to say yet. */
function ifAny(kind: 'digest' | 'reminder', tasks: readonly OwnTask[], now: number) {
  const inOrder = [...tasks].sort((one, other) => one.dueAt - other.dueAt);
  const idsOf = (isIn: (task: OwnTask) => boolean) => inOrder.filter(isIn).map(({ id }) => id);
  const isWaiting = ({ dueAt, tier }: OwnTask) => tier !== 'owner' || dueAt <= now;
  const agenda = {
    waiting: idsOf(isWaiting),
    today: idsOf((task) => !isWaiting(task) && task.dueAt <= now + dayMs),
    week: idsOf((task) => !isWaiting(task) && task.dueAt > now + dayMs && task.dueAt <= now + weekMs),
  };
  // A reminder that was asked for by a snooze is said however far off the date is.
  if (kind === 'reminder') agenda.week = idsOf((task) => !isWaiting(task) && task.dueAt > now + dayMs);
  const isEmpty = Object.values(agenda).every((ids) => ids.length === 0);
  return isEmpty ? null : { kind, agenda };
}
