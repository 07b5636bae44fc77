import {
  and,
  asc,
  eq,
  gt,
  inArray,
  isNotNull,
  isNull,
  lte,
  ne,
  notExists,
  notInArray,
  or,
  type SQL,
  sql,
} from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import { decodeDestination, encodeDestination } from '../core/address/destination.ts';
import { isAhead, isPast } from '../db/queries/is-past.ts';
import { cards, deliveries, type PaceKind, paces } from '../db/schema/outbox.ts';
import { processes } from '../db/schema/process.ts';
import { operations } from '../db/schema/rollout.ts';
import { maxBackOffMs } from '../lib/back-off.ts';
import { maxSkewMs, maxWaitMs } from '../lib/left-to-wait.ts';
import type { ChannelPace } from '../services/ports/message-channel.ts';
import type { WorkItem } from '../services/ports/work-notifier.ts';
import type { JobServices } from './job-services.ts';
import { leftBehindAfterMs } from './outbox/claim-delivery.ts';

/** At most so many destinations, or releases, are found at a time. */
const batchSize = 500;

/** Work that could be done now, and how far it has come: the mark changes with every attempt. */
export interface WaitingWork {
  job: Exclude<WorkItem['job'], 'timer'>;
  /** Of its job: the written form of the destination, or the release's id. */
  id: string;
  mark: string;
}

/**
 * Finds rows that ought to be worked on and asks for their jobs: whatever notification was lost, by a crash or an
 * emptied queue, costs no more than the time between two sweeps. Returns what it found.
 */
export async function sweep(jobs: JobServices): Promise<WaitingWork[]> {
  const found = await Promise.all([findDeliveries(jobs), findStaleCards(jobs), findOperations(jobs)]);
  const waiting = found.flat();
  if (waiting.length > 0) await jobs.notifier.notify(waiting.map(toWorkItem));
  return waiting;
}

function toWorkItem({ job, id }: WaitingWork): WorkItem {
  return job === 'operation' ? { job, releaseId: id } : { job, destination: decodeDestination(id) };
}

/** Destinations whose oldest open message may be tried now: their pace allows it, and so does its own wait. */
async function findDeliveries(jobs: JobServices): Promise<WaitingWork[]> {
  const { db, clock } = jobs;
  const wall = clock.wall();
  const { destination, id, attempts, notBefore, sendingAt, claimedBy } = deliveries;
  const heads = db
    .selectDistinctOn([destination], { destination, id, attempts, notBefore, sendingAt, claimedBy })
    .from(deliveries)
    .where(inArray(deliveries.state, ['pending', 'sending']))
    .orderBy(asc(destination), asc(deliveries.seq))
    .as('head');
  const rows = await db
    .select({ destination: heads.destination, id: heads.id, attempts: heads.attempts })
    .from(heads)
    .where(
      and(
        or(
          isPast(heads.notBefore, wall),
          gt(heads.sendingAt, new Date(wall + maxSkewMs)),
          and(lte(heads.sendingAt, new Date(wall - leftBehindAfterMs)), isLeftBehind(jobs, heads)),
        ),
        notHeld(jobs, { kind: 'post', destination: heads.destination, wall }),
      ),
    )
    .limit(batchSize);
  return rows.map((row) => {
    return { job: 'delivery', id: encodeDestination(row.destination), mark: `${row.id} ${row.attempts}` };
  });
}

/** The claim's process was not seen for long, or is this one and does not know of it. */
function isLeftBehind(
  { db, processId, heldDeliveries }: JobServices,
  { id, claimedBy }: Record<'id' | 'claimedBy', PgColumn>,
): SQL | undefined {
  const isSeen = gt(processes.seenAt, sql`now() - ${leftBehindAfterMs}::float8 * interval '1 ms'`);
  const claimer = db
    .select({ id: processes.id })
    .from(processes)
    .where(and(eq(processes.id, sql`${claimedBy}`), isSeen));
  return or(
    and(eq(claimedBy, processId), notInArray(id, [...heldDeliveries])),
    and(ne(claimedBy, processId), notExists(claimer)),
  );
}

async function findStaleCards(jobs: JobServices): Promise<WaitingWork[]> {
  const { db, clock } = jobs;
  const wall = clock.wall();
  const { id, destination, revision, renderedRevision, attempts, notBefore } = cards;
  const mark = sql<string>`string_agg(concat_ws(' ', ${id}, ${renderedRevision}, ${attempts}), ', ' order by ${id})`;
  const rows = await db
    .select({ destination, mark })
    .from(cards)
    .where(
      and(
        gt(revision, renderedRevision),
        isNotNull(cards.messageId),
        isPast(notBefore, wall, maxBackOffMs),
        notHeld(jobs, { kind: 'edit', destination, wall }),
        notHeld(jobs, { kind: 'edit-limit', destination, wall }),
      ),
    )
    .groupBy(destination)
    .limit(batchSize);
  return rows.map((row) => ({ job: 'card', id: encodeDestination(row.destination), mark: row.mark }));
}

/** The pace of the destination, or its rate limit, lets something be sent. */
function notHeld(
  { db, channels }: JobServices,
  { kind, destination, wall }: { kind: PaceKind; destination: PgColumn; wall: number },
): SQL {
  const isOfDestination = eq(paces.destination, sql`${destination}`);
  const isHeld = [...channels].map(([name, { pace }]) => {
    const isOfChannel = sql`starts_with(${paces.destination}, ${`${name}:`})`;
    return and(isOfChannel, isAhead(paces.nextAt, wall, longestOf(kind, pace)));
  });
  return notExists(
    db
      .select({ kind: paces.kind })
      .from(paces)
      .where(and(eq(paces.kind, kind), isOfDestination, or(sql`false`, ...isHeld))),
  );
}

function longestOf(kind: PaceKind, { postIntervalMs, editIntervalMs }: ChannelPace): number {
  switch (kind) {
    case 'post':
      return postIntervalMs;
    case 'edit':
      return editIntervalMs;
    case 'edit-limit':
      return maxWaitMs;
  }
}

async function findOperations({ db, clock }: JobServices): Promise<WaitingWork[]> {
  const { id, releaseId, state, attempts, notBefore, finishedAt } = operations;
  const rows = await db
    .select({ id, releaseId, state, attempts })
    .from(operations)
    .where(and(isNull(finishedAt), isPast(notBefore, clock.wall(), maxBackOffMs)))
    .limit(batchSize);
  return rows.map((row) => ({
    job: 'operation',
    id: row.releaseId,
    mark: `${row.id} ${row.state} ${row.attempts}`,
  }));
}
