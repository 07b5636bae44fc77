/** Whom a reminder of a task is for, in the order in which they are asked. */
export type Tier = 'owner' | 'backup' | 'release-manager';

interface Reminder {
  to: Tier;
  /** How long after the task is due, in ms; before it when negative. */
  afterMs: number;
  /** Why then. */
  why: string;
}

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/**
 * Who is asked for a task on ordinary days that its owner has not done, and from when on. They hear of it in their
 * morning digest, with everything else, as the owner does from a week before it is due.
 */
export const ORDINARY_REMINDERS: readonly Reminder[] = [
  { to: 'backup', afterMs: dayMs, why: 'the owner has had a working day since' },
  { to: 'release-manager', afterMs: 2 * dayMs, why: 'neither has done it in two days' },
];

/** The reminders around go-live, when a day is too long to wait: each comes at its instant. */
export const CLOSE_REMINDERS: readonly Reminder[] = [
  { to: 'owner', afterMs: -4 * hourMs, why: 'the same half-day, whatever the zone' },
  { to: 'owner', afterMs: 0, why: 'it is due' },
  { to: 'backup', afterMs: hourMs, why: 'the owner has had an hour since it was due' },
  { to: 'release-manager', afterMs: 2 * hourMs, why: 'time to see to it, or to decide without it' },
];

/** So near to go-live a task is reminded of at once, in ms. */
const closeMs = dayMs;

/** A task that people settle, as far as its reminders go. Instants are epoch ms. */
export interface RemindedTask {
  dueAt: number;
  goLiveAt: number;
  /** Nobody is reminded of it before this; null: it is not put off. */
  snoozedUntil: number | null;
  /** It never has reminders of its own: it waits for the digest, however near go-live is. */
  isQuiet?: boolean;
  /** Its reminders come at their instants, however far go-live is. */
  isUrgent?: boolean;
}

/** Whether its reminders come at their instants and don't wait for a digest. */
function isClose({ dueAt, goLiveAt, isQuiet = false, isUrgent = false }: RemindedTask): boolean {
  return isUrgent || (!isQuiet && Math.abs(dueAt - goLiveAt) <= closeMs);
}

/** From when on somebody in a tier answers for a task that nobody has done, epoch ms; the owner always does. */
export function answersFrom(task: RemindedTask, tier: Tier): number {
  if (tier === 'owner') return Number.NEGATIVE_INFINITY;
  const first = remindersOf(task).find(({ to }) => to === tier);
  return first === undefined ? Number.POSITIVE_INFINITY : baseOf(task) + first.afterMs;
}

/** Whether nobody is reminded of it for now. */
export function isSnoozed({ snoozedUntil }: Pick<RemindedTask, 'snoozedUntil'>, now: number): boolean {
  return snoozedUntil !== null && now < snoozedUntil;
}

/**
 * The instants at which somebody in a tier is reminded of a task, whatever the time of day; epoch ms, in order. The end
 * of a snooze is one of the owner's: it is the time that was asked for.
 */
export function remindedAt(task: RemindedTask, tier: Tier): number[] {
  const atOnce = isClose(task) ? CLOSE_REMINDERS : [];
  const instants = atOnce.filter(({ to }) => to === tier).map(({ afterMs }) => baseOf(task) + afterMs);
  const snoozed = tier === 'owner' && task.snoozedUntil !== null ? [task.snoozedUntil] : [];
  const from = task.snoozedUntil ?? Number.NEGATIVE_INFINITY;
  return [...new Set([...instants, ...snoozed])].filter((at) => at >= from).sort((one, other) => one - other);
}

/** What was put off past its date is as if it were due then. */
function baseOf({ dueAt, snoozedUntil }: RemindedTask): number {
  return Math.max(dueAt, snoozedUntil ?? dueAt);
}

function remindersOf(task: RemindedTask): readonly Reminder[] {
  return isClose(task) ? CLOSE_REMINDERS : ORDINARY_REMINDERS;
}
