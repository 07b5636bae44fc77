import { and, eq, inArray, sql } from 'drizzle-orm';
import { compareSchedule, isOpen } from '../../core/schedule/compare-schedule.ts';
import { deriveSchedule, type ScheduleItem } from '../../core/schedule/derive-schedule.ts';
import { followUpEnd } from '../../core/schedule/follow-up-end.ts';
import type { Release } from '../../db/queries/load-release.ts';
import { timers } from '../../db/schema/outbox.ts';
import { type CommunicationState, communications } from '../../db/schema/release.ts';
import type { Queries } from '../../db/transaction.ts';
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
  /** They are still to come, at another instant. */
  moved: string[];
  sent: string[];
}

/** An item of a release as a change of its plan finds it. */
export interface ScheduleRow {
  id: string;
  key: string;
  state: CommunicationState;
  note: string | null;
  /** Epoch ms; null for an item that waits for an event. */
  dueAt: number | null;
}

/** The items of a release, whatever has become of them. */
export async function loadScheduleRows(tx: Queries, releaseId: string): Promise<ScheduleRow[]> {
  const { id, key, state, note, dueAt } = communications;
  const rows = await tx
    .select({ id, key, state, note, dueAt })
    .from(communications)
    .where(eq(communications.releaseId, releaseId));
  return rows.map((row) => ({ ...row, dueAt: row.dueAt?.getTime() ?? null }));
}

/**
 * Makes a release's schedule that of its plan as it is now. What was sent or withheld stays; what is planned moves,
 * changes, or is withheld when the plan no longer has it; what is new is added. What is now in the past is asked about.
 * Returns what has become of each item.
 */
export async function updateSchedule(scope: Scope, release: Release): Promise<UpdatedSchedule> {
  const schedule = deriveSchedule(release.plan);
  const rows = await loadScheduleRows(scope.tx, release.id);
  const change = compareSchedule(rows, schedule, release.pause?.since ?? scope.now);
  for (const [position, item] of schedule.entries()) {
    const row = rows.find((existing) => existing.key === item.key);
    if (!row) await insertItem(scope, release, { position, item });
    else if (isOpen(row)) await updateItem(scope, row, { position, item });
  }
  await withhold(scope, release, change.dropped, 'Not sent: the plan no longer has it.');
  await withhold(scope, release, change.expired.map(rowOf), PASSED_WHEN_CHANGED);
  const past = change.past.map(({ row }) => row.id);
  await askAboutOverdue(scope, release, { ids: past, reason: PASSED_WHEN_CHANGED });
  await moveTimers(scope, release.id, followUpEnd(schedule, release.goLiveAt));
  const { moved, sent, past: passed, expired } = change;
  return {
    moved: moved.map(titleOf),
    sent: sent.map(titleOf),
    past: passed.map(titleOf),
    expired: expired.map(titleOf),
  };
}

function rowOf({ row }: { row: ScheduleRow }): ScheduleRow {
  return row;
}

function titleOf({ item }: { item: ScheduleItem }): string {
  return item.title;
}

function isPassedNote(why: string): boolean {
  return passedNotes.includes(why) || why.startsWith(skippedBy);
}

/** Whether an item that was not sent only because its time had passed has its time before it in a changed plan. */
export function comesBack({ state, note }: ScheduleRow, { dueAt }: ScheduleItem, now: number): boolean {
  if (dueAt === null || dueAt <= now) return false;
  return state === 'overdue' || (state === 'withheld' && isPassedNote(note ?? ''));
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
  const rows = await loadScheduleRows(scope.tx, release.id);
  for (const item of deriveSchedule(release.plan)) {
    const row = rows.find((one) => one.key === item.key);
    if (!row || item.dueAt === null || item.dueAt <= scope.now) continue;
    const isDecision = item.kind === 'poll' && item.poll.kind === 'decision' && row.state === 'sent';
    if (!comesBack(row, item, scope.now) && !(decisions && isDecision)) continue;
    await scope.tx
      .update(communications)
      .set({ item, dueAt: new Date(item.dueAt), state: 'planned', note: null, settledAt: null })
      .where(eq(communications.id, row.id));
    const details = { key: item.key };
    scope.audit({ action: 'communication.planned', releaseId: release.id, subject: row.id, details });
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
  row: ScheduleRow,
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

async function withhold(
  scope: Scope,
  release: Release,
  rows: readonly ScheduleRow[],
  reason: string,
): Promise<void> {
  if (rows.length === 0) return;
  await withholdPlanned(scope, release, { reason, ids: rows.map(({ id }) => id) });
  for (const { id } of rows) await cancelTimers(scope, id);
}
