import { and, asc, eq, inArray, isNull, type SQL, sql } from 'drizzle-orm';
import { wordingHash } from '../../core/approval/proposal.ts';
import type { Json } from '../../core/audit/canonical-json.ts';
import type { ScheduleEvent } from '../../core/schedule/default-communication.ts';
import type { ScheduleItem } from '../../core/schedule/derive-schedule.ts';
import { isExpired } from '../../core/schedule/lateness.ts';
import { given, prepareQuery } from '../../db/prepare-query.ts';
import { loadExposure } from '../../db/queries/exposure.ts';
import type { Release } from '../../db/queries/load-release.ts';
import { latestPoll } from '../../db/queries/polls.ts';
import { loadRollout } from '../../db/queries/rollouts.ts';
import { communications } from '../../db/schema/release.ts';
import { isCleared, requireApproval } from '../approval/require-approval.ts';
import { openPoll } from '../go-no-go/open-poll.ts';
import { ConflictError } from '../kernel/conflict-error.ts';
import { openCard } from '../kernel/effects.ts';
import type { Scope } from '../kernel/scope.ts';
import { refuseUnready, tellUnready } from '../readiness/hold-decision.ts';
import { deliverCopies } from '../subscriptions/copies.ts';
import { askAboutOverdue } from './ask-about-overdue.ts';
import { type Composed, composeCommunication } from './compose-communication.ts';
import { deliverNews } from './deliver-news.ts';
import { findLateness, LATE, sayingWhen } from './late-communication.ts';

type CommunicationRow = Pick<typeof communications.$inferSelect, 'id' | 'state' | 'item'>;

const columns = { id: communications.id, state: communications.state, item: communications.item };

/**
 * Carries out one item of the schedule as the release stands: sends the text that is true now, opens the
 * poll or the live card, or withholds it and says why. One whose time has passed by more than is allowed is asked
 * about first; `isAsked`: it was, and is sent. The caller holds the release's lock.
 */
export async function sendCommunication(
  scope: Scope,
  release: Release,
  communicationId: string,
  { isAsked = false }: { isAsked?: boolean } = {},
): Promise<void> {
  const [[row], rollout, decision, exposure] = await Promise.all([
    lockCommunication(scope.tx, { id: communicationId }),
    loadRollout(scope.tx, release.id),
    latestPoll(scope.tx, release.id),
    release.state === 'rolled_back' ? loadExposure(scope.tx, release.id) : null,
  ]);
  if (row?.state !== (isAsked ? 'overdue' : 'planned')) return;
  const lateness = await findLateness(scope, release, row.item);
  if (lateness === 'overdue' && !isAsked && !isExpired(row.item, scope.now)) {
    return askAboutOverdue(scope, release, { ids: [row.id], reason: LATE });
  }
  const known = { item: row.item, rollout, decision, exposure, now: scope.now };
  const due =
    (await withoutObject(scope, release, row.item)) ?? composeCommunication(scope.ctx, release, known);
  const ready = await checkReadiness(scope, release, due);
  const approved = await checkApproval(scope, release, { row, composed: ready });
  const outcome = outcomeOf(row, approved);
  const composed = lateness === 'on-time' ? approved : sayingWhen(approved, release, row.item);
  await Promise.all([carryOut(scope, release, { row, composed }), writeOutcome(scope, row, outcome)]);
  noteOutcome(scope, release, row, outcome);
}

/** Where the plan says so, the vote is not opened before the release is ready. The channel hears that it was to. */
async function checkReadiness(scope: Scope, release: Release, composed: Composed): Promise<Composed> {
  if (composed.do !== 'open-poll' || composed.poll.kind !== 'decision') return composed;
  if ((await refuseUnready(scope, release)) === null) return composed;
  await tellUnready(scope, release);
  return { do: 'withhold', reason: 'Not opened: the release was not ready.' };
}

/** What customers read goes out only in the wording that was approved. */
async function checkApproval(
  scope: Scope,
  release: Release,
  { row, composed }: { row: CommunicationRow; composed: Composed },
): Promise<Composed> {
  if (row.item.customerFacing !== true || 'reason' in composed) return composed;
  if (composed.do !== 'deliver') return { do: 'withhold', reason: 'Not sent: nobody can approve its text.' };
  const checked = await requireApproval(scope, release, { row, content: composed.content });
  return 'reason' in checked ? { do: 'withhold', reason: checked.reason } : { ...composed, ...checked };
}

const lockCommunication = prepareQuery<{ id: string }, CommunicationRow[]>('lock communication', (db) =>
  db
    .select(columns)
    .from(communications)
    .where(eq(communications.id, sql.placeholder('id')))
    .for('update'),
);

/** Withholds a correction of what has not been said. */
async function withoutObject(
  scope: Scope,
  release: Release,
  { corrects }: ScheduleItem,
): Promise<(Composed & { do: 'withhold' }) | null> {
  if (corrects === undefined) return null;
  const { id, releaseId, key, state } = communications;
  const isSent = and(eq(releaseId, release.id), eq(key, corrects), eq(state, 'sent'));
  const [sent] = await scope.tx.select({ id }).from(communications).where(isSent);
  return sent ? null : { do: 'withhold', reason: 'Not sent: there is nothing to correct.' };
}

/** Sends the items that wait for an event which has just happened. */
export async function sendOnEvent(scope: Scope, release: Release, event: ScheduleEvent): Promise<void> {
  for (const { id } of await findPlanned(scope, release, isOfEvent(event))) {
    await sendCommunication(scope, release, id);
  }
}

/** Where the items go that wait for an event, without corrections of what has not been said. */
export async function addressesOnEvent(
  scope: Scope,
  release: Release,
  event: ScheduleEvent,
): Promise<readonly string[]> {
  const addresses = new Set<string>();
  for (const row of await findPlanned(scope, release, isOfEvent(event))) {
    const { item } = row;
    const goesOut = (await withoutObject(scope, release, item)) === null && (await isCleared(scope, row));
    if (goesOut) for (const address of item.addresses) addresses.add(address);
  }
  return [...addresses];
}

/**
 * Corrects what was said of a rollout that had all traffic, when it has less again and was not rolled back. An item
 * without a text for that waits for the rollback.
 */
export async function sendCorrections(scope: Scope, release: Release): Promise<void> {
  const { item } = communications;
  const corrects = sql`${item} ->> 'corrects' is not null and (${item} -> 'variants' ->> 'rolling-out' is not null or ${item} ->> 'event' = 'traffic-reduced')`;
  for (const { id } of await findPlanned(scope, release, corrects)) {
    await sendCommunication(scope, release, id);
  }
}

function isOfEvent(event: ScheduleEvent): SQL {
  return eq(sql`${communications.item} ->> 'event'`, event);
}

function findPlanned(scope: Scope, release: Release, which: SQL): Promise<CommunicationRow[]> {
  return scope.tx
    .select(columns)
    .from(communications)
    .where(and(isPlanned(release), which))
    .orderBy(asc(communications.position));
}

/** Withholds what waits for an event that can no longer come. */
export function withholdWaiting(scope: Scope, release: Release, reason: string): Promise<void> {
  return withhold(scope, release, { reason, which: isNull(communications.dueAt) });
}

/** Withholds all that is to come, or what has the given ids. */
export async function withholdPlanned(
  scope: Scope,
  release: Release,
  { reason, ids }: { reason: string; ids?: readonly string[] },
): Promise<void> {
  const which = ids ? inArray(communications.id, [...ids]) : undefined;
  await withhold(scope, release, { reason, which });
}

async function withhold(
  scope: Scope,
  release: Release,
  { reason, which }: { reason: string; which: SQL | undefined },
): Promise<void> {
  const rows = await scope.tx
    .select(columns)
    .from(communications)
    .where(and(isOpen(release), which))
    .orderBy(asc(communications.position))
    .for('update');
  const outcome: Outcome = { state: 'withheld', note: reason };
  await Promise.all(rows.map((row) => writeOutcome(scope, row, outcome)));
  for (const row of rows) noteOutcome(scope, release, row, outcome);
}

function isPlanned(release: Release) {
  return and(eq(communications.releaseId, release.id), eq(communications.state, 'planned'));
}

function isOpen(release: Release) {
  return and(eq(communications.releaseId, release.id), inArray(communications.state, ['planned', 'overdue']));
}

async function carryOut(
  scope: Scope,
  release: Release,
  { row, composed }: { row: CommunicationRow; composed: Composed },
): Promise<void> {
  const of = { releaseId: release.id, communicationId: row.id };
  switch (composed.do) {
    case 'withhold':
      return;
    case 'miss-poll':
    case 'deliver': {
      const { to, content } = composed;
      const { item } = row;
      const states = composed.do === 'deliver' ? composed.states : undefined;
      const news = { communicationId: row.id, content, states, to };
      await deliverNews(scope, release, { ...news, item });
      return deliverCopies(scope, release, { ...news, audience: item.audience });
    }
    case 'open-card':
      await openCard(scope, { ...of, kind: 'rollout', subjectId: release.id, to: composed.to });
      return;
    case 'open-poll': {
      const { poll, intro } = composed;
      await openPoll(scope, release, { ...poll, intro, communicationId: row.id });
    }
  }
}

/** What became of an item. */
interface Outcome {
  state: 'sent' | 'withheld';
  note: string | null;
  /** The hash of what customers get, so that the trail shows that it is what was approved. */
  wording?: string;
}

function outcomeOf({ item }: CommunicationRow, composed: Composed): Outcome {
  if ('reason' in composed) return { state: 'withheld', note: composed.reason };
  const isForCustomers = item.customerFacing === true && composed.do === 'deliver';
  return {
    state: 'sent',
    note: null,
    ...(isForCustomers ? { wording: wordingHash(composed.content) } : {}),
  };
}

async function writeOutcome(scope: Scope, { id }: CommunicationRow, { state, note }: Outcome): Promise<void> {
  const settled = await settleRow(scope.tx, { id, state, note, settledAt: new Date(scope.now) });
  if (settled.length !== 1) throw new ConflictError('the communication is settled already');
}

function noteOutcome(
  scope: Scope,
  release: Release,
  row: CommunicationRow,
  { state, note, wording }: Outcome,
): void {
  const of = wording === undefined ? {} : { wording };
  const details: Json = { key: row.item.key, addresses: [...row.item.addresses], note, ...of };
  scope.audit({ action: `communication.${state}`, releaseId: release.id, subject: row.id, details });
  scope.invalidateCards(release.id);
}

type Settled = Pick<typeof communications.$inferSelect, 'id' | 'state' | 'note'> & { settledAt: Date };

const settleRow = prepareQuery<Settled, { id: string }[]>('settle communication', (db) => {
  const settled = {
    state: given('state'),
    note: given('note'),
    settledAt: given('settledAt'),
  };
  return db
    .update(communications)
    .set(settled)
    .where(and(eq(communications.id, given('id')), inArray(communications.state, ['planned', 'overdue'])))
    .returning({ id: communications.id });
});
