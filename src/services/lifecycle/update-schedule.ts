import { and, eq, inArray, sql } from 'drizzle-orm';
import { deriveSchedule, type ScheduleItem } from '../../core/schedule/derive-schedule.ts';
import { followUpEnd } from '../../core/schedule/follow-up-end.ts';
import { isExpired } from '../../core/schedule/lateness.ts';
import type { Release } from '../../db/queries/load-release.ts';
import { timers } from '../../db/schema/outbox.ts';
import { communications } from '../../db/schema/release.ts';
import { MISSED_NOTES } from '../approval/missed-notes.ts';
import { askAboutOverdue } from '../communication/ask-about-overdue.ts';
import { withholdPlanned } from '../communication/send-communication.ts';
import { cancelTimers, setTimer } from '../kernel/effects.ts';
import type { Scope } from '../kernel/scope.ts';
import { skippedBy } from '../overdue/settle-overdue.ts';
import { insertItem, PASSED_WHEN_PLANNED } from '../release/insert-schedule.ts';

const PASSED_WHEN_CHANGED = 'Its time had passed when the plan was changed.';
const passedNotes: readonly string[] = [
  PASSED_WHEN_PLANNED,
  PASSED_WHEN_CHANGED,
  // What nobody had approved in time has its time again, too.
  ...Object.values(MISSED_NOTES),
];

/** Titles of the items of a schedule by what a change of the plan has done to them. */
export interface UpdatedSchedule {
  /** Their time has passed by the change; the release manager is asked. */
  past: string[];
  /** They are of no use any more, such as a poll that would be closed already; they are withheld. */
  expired: string[];
  /** They are still to come. */
  moved: string[];
  sent: string[];
}

type Row = Pick<typeof communications.$inferSelect, 'id' | 'key' | 'state'>;

/**
 * Makes a release's schedule that of its plan as it is now. What was sent or withheld stays; what is planned moves,
 * changes, or is withheld when the plan no longer has it; what is new is added. What is now in the past is asked about.
 * Returns what has become of each item.
 */
export async function updateSchedule(scope: Scope, release: Release): Promise<UpdatedSchedule> {
  const schedule = deriveSchedule(release.plan);
  const { id, key, state } = communications;
  const rows = await scope.tx
    .select({ id, key, state })
    .from(communications)
    .where(eq(communications.releaseId, release.id));
  for (const [position, item] of schedule.entries()) {
    const row = rows.find((existing) => existing.key === item.key);
    if (!row) await insertItem(scope, release, { position, item });
    else if (isOpen(row)) await updateItem(scope, row, { position, item });
  }
  const dropped = rows.filter((row) => isOpen(row) && !schedule.some((item) => item.key === row.key));
  await withhold(scope, release, dropped, 'Not sent: the plan no longer has it.');
  // What fell due in a pause is held: it is done on resuming.
  const now = release.pause?.since ?? scope.now;
  // A live card shows the present, however late it is.
  const overdue = schedule.filter(
    ({ kind, dueAt }) => kind !== 'live-card' && dueAt !== null && dueAt <= now,
  );
  const isIn = (items: readonly ScheduleItem[]) => (row: Row) =>
    items.some(({ key: name }) => name === row.key);
  const expired = rows
    .filter((row) => row.state === 'planned')
    .filter(isIn(overdue.filter((item) => isExpired(item, now))));
  const past = rows.filter((row) => row.state === 'planned' && !expired.includes(row)).filter(isIn(overdue));
  await withhold(scope, release, expired, PASSED_WHEN_CHANGED);
  await askAboutOverdue(scope, release, { ids: past.map((row) => row.id), reason: PASSED_WHEN_CHANGED });
  await moveTimers(scope, release.id, followUpEnd(schedule, release.goLiveAt));
  const titlesOf = (kept: readonly Row[]) =>
    kept.flatMap(({ key: name }) => schedule.find((item) => item.key === name)?.title ?? []);
  return {
    past: titlesOf(past),
    expired: titlesOf(expired),
    moved: titlesOf(rows.filter((row) => row.state === 'planned' && !isIn(overdue)(row))),
    sent: titlesOf(rows.filter((row) => row.state === 'sent')),
  };
}

function isOpen({ state }: Row): boolean {
  return state === 'planned' || state === 'overdue';
}

function isPassedNote(why: string): boolean {
  return passedNotes.includes(why) || why.startsWith(skippedBy);
}

/**
 * Plans again what was withheld, skipped or asked about only because its time had passed, where that is to come now; with `decisions`, the
 * go/no-go too that was held before. The caller holds the release's lock and has updated its schedule.
 */
export async function planAgain(
  scope: Scope,
  release: Release,
  { decisions }: { decisions: boolean },
): Promise<void> {
  const { id, key, state, note } = communications;
  const rows = await scope.tx
    .select({ id, key, state, note })
    .from(communications)
    .where(eq(communications.releaseId, release.id));
  for (const item of deriveSchedule(release.plan)) {
    const row = rows.find((one) => one.key === item.key);
    if (!row || item.dueAt === null || item.dueAt <= scope.now) continue;
    const isPassed = row.state === 'overdue' || (row.state === 'withheld' && isPassedNote(row.note ?? ''));
    const isDecision = item.kind === 'poll' && item.poll.kind === 'decision' && row.state === 'sent';
    if (!isPassed && !(decisions && isDecision)) continue;
    await scope.tx
      .update(communications)
      .set({ item, dueAt: new Date(item.dueAt), state: 'planned', note: null, settledAt: null })
      .where(eq(communications.id, row.id));
    await setTimer(scope, {
      releaseId: release.id,
      kind: 'communication',
      subjectId: row.id,
      dueAt: item.dueAt,
    });
  }
}

async function updateItem(
  scope: Scope,
  row: Row,
  { position, item }: { position: number; item: ScheduleItem },
): Promise<void> {
  const dueAt = item.dueAt === null ? null : new Date(item.dueAt);
  await scope.tx.update(communications).set({ position, item, dueAt }).where(eq(communications.id, row.id));
  if (item.dueAt !== null) await moveTimers(scope, row.id, item.dueAt);
}

/** A job for the old instant finds nothing. */
async function moveTimers(scope: Scope, subjectId: string, dueAt: number): Promise<void> {
  const moved = await scope.tx
    .update(timers)
    .set({ dueAt: new Date(dueAt), revision: sql`${timers.revision} + 1`, enqueuedRevision: null })
    .where(and(eq(timers.subjectId, subjectId), inArray(timers.state, ['pending', 'held'])))
    .returning({ timerId: timers.id, revision: timers.revision, state: timers.state });
  for (const { state, ...timer } of moved) {
    if (state === 'pending') scope.notify({ job: 'timer', ...timer, dueAt });
  }
}

async function withhold(scope: Scope, release: Release, rows: readonly Row[], reason: string): Promise<void> {
  if (rows.length === 0) return;
  await withholdPlanned(scope, release, { reason, ids: rows.map(({ id }) => id) });
  for (const { id } of rows) await cancelTimers(scope, id);
}
