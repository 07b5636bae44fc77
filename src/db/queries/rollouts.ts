import { and, desc, eq, exists, gt, inArray, isNull, max, ne, or, type SQL, sql } from 'drizzle-orm';
import type { RolloutState } from '../../core/rollout/decide-promotion.ts';
import { prepareQuery } from '../prepare-query.ts';
import { releases } from '../schema/release.ts';
import { operations, rollouts } from '../schema/rollout.ts';
import type { Queries } from '../transaction.ts';

type OperationRow = typeof operations.$inferSelect;
type RolloutRow = typeof rollouts.$inferSelect;

/** An operation; instants are epoch ms: `…Wall`, `notBefore` and `deadlineAt` of the wall clock, others of the release's. */
export interface Operation extends Omit<OperationRow, InstantOf<OperationRow>> {
  requestedAt: number;
  requestedWall: number;
  notBefore: number | null;
  deadlineAt: number | null;
  finishedAt: number | null;
  finishedWall: number | null;
}
type InstantOf<Row> = {
  [Column in keyof Row]: Date extends Row[Column] ? Column : never;
}[keyof Row];

export interface Rollout extends Omit<RolloutRow, 'phaseSince'> {
  /** Epoch ms of the release's clock. */
  phaseSince: number | null;
  /** One that has not ended first, then newest first; at most ten. */
  operations: Operation[];
}

/** Whether the traffic is known: it was read back from the target after the latest operation, or is recorded. */
export function isTrafficKnown(rollout: Pick<Rollout, 'operations'>): boolean {
  const [latest] = rollout.operations;
  if (latest === undefined || recordOf(rollout) !== null) return true;
  return latest.finishedAt !== null && latest.observedPercent !== null;
}

/** What the traffic is known from, where a person recorded it; null where it was read from a target, or nothing is known. */
export function recordOf({ operations: [latest] }: Pick<Rollout, 'operations'>): Operation | null {
  return latest?.state === 'recorded' ? latest : null;
}

/** Whether it was recorded that it was deployed although no go decision stood. */
export function beganWithoutGo({ operations }: Pick<Rollout, 'operations'>): boolean {
  return operations.some(({ withoutGo }) => withoutGo);
}

/** Percent of traffic on the new version; null when it is not known. */
export function knownTrafficPercent(rollout: Pick<Rollout, 'operations' | 'trafficPercent'>): number | null {
  return isTrafficKnown(rollout) ? rollout.trafficPercent : null;
}

/** The operation that has not ended; there is at most one. */
export function activeOperation({ operations }: Pick<Rollout, 'operations'>): Operation | undefined {
  return operations.find(({ finishedAt }) => finishedAt === null);
}

/** A release's rollout with its latest operations. Every release has one. */
export async function loadRollout(db: Queries, releaseId: string): Promise<Rollout> {
  const rollout = toRollout(await rolloutById(db, { releaseId }));
  if (!rollout) throw new Error(`release ${releaseId} has no rollout`);
  return rollout;
}

/** The rollout of the release with a key; null when there is no such release. */
export async function findRollout(db: Queries, key: string): Promise<Rollout | null> {
  return toRollout(await rolloutByKey(db, { key }));
}

const rolloutById = prepareQuery('rollout by release', (db) =>
  rolloutRows(db, eq(rollouts.releaseId, sql.placeholder('releaseId'))),
);
const rolloutByKey = prepareQuery('rollout by key', (db) => {
  const named = db
    .select({ id: releases.id })
    .from(releases)
    .where(eq(releases.key, sql.placeholder('key')));
  return rolloutRows(db, inArray(rollouts.releaseId, named));
});

/** What the traffic of each of some releases is known from, where a person recorded it; by the release's id. */
export async function findRecords(
  db: Queries,
  releaseIds: readonly string[],
): Promise<ReadonlyMap<string, Operation>> {
  const rows = await db
    .selectDistinctOn([operations.releaseId])
    .from(operations)
    .where(inArray(operations.releaseId, [...releaseIds]))
    .orderBy(operations.releaseId, desc(isNull(operations.finishedAt)), desc(operations.seq));
  const latest = rows.map((row) => [row.releaseId, toOperation(row)] as const);
  return new Map(latest.filter(([, operation]) => recordOf({ operations: [operation] }) !== null));
}

/** A row for each of the latest operations. */
function rolloutRows(db: Queries, where: SQL) {
  const latest = db
    .select()
    .from(operations)
    .where(eq(operations.releaseId, rollouts.releaseId))
    .orderBy(desc(isNull(operations.finishedAt)), desc(operations.seq))
    .limit(10)
    .as('latest');
  return db
    .select()
    .from(rollouts)
    .leftJoinLateral(latest, sql`true`)
    .where(where)
    .orderBy(desc(isNull(latest.finishedAt)), desc(latest.seq));
}

/** The phase of a release's rollout, by the release's key, while it is under way. */
export const findRunningPhase = prepareQuery('running phase', (db) =>
  db
    .select({ releaseId: rollouts.releaseId, phaseIndex: rollouts.phaseIndex })
    .from(rollouts)
    .innerJoin(releases, eq(releases.id, rollouts.releaseId))
    .where(and(eq(releases.key, sql.placeholder('key')), eq(rollouts.state, 'running'))),
);

function toRollout(rows: Awaited<ReturnType<typeof rolloutById>>): Rollout | null {
  const [first] = rows;
  if (!first) return null;
  const { phaseSince } = first.rollouts;
  const operations = rows.flatMap(({ latest }) => (latest ? [toOperation(latest)] : []));
  return { ...first.rollouts, phaseSince: phaseSince?.getTime() ?? null, operations };
}

function toOperation(row: OperationRow): Operation {
  return {
    ...row,
    requestedAt: row.requestedAt.getTime(),
    requestedWall: row.requestedWall.getTime(),
    notBefore: row.notBefore?.getTime() ?? null,
    deadlineAt: row.deadlineAt?.getTime() ?? null,
    finishedAt: row.finishedAt?.getTime() ?? null,
    finishedWall: row.finishedWall?.getTime() ?? null,
  };
}

/**
 * Releases with an operation that has ended since `since` (epoch ms of the wall clock) and whose target may turn
 * out to be otherwise: a cancelled command may come after the rollback, and one that failed after it was given up.
 */
export async function findUncertainTargets(
  db: Queries,
  since: number,
): Promise<{ releaseId: string; finishedWall: number }[]> {
  const mayTurn = or(
    inArray(operations.kind, ['rollback', 'abort']),
    inArray(operations.state, ['failed', 'not_taken']),
  );
  const rows = await db
    .select({ releaseId: operations.releaseId, finishedWall: max(operations.finishedWall) })
    .from(operations)
    .where(and(gt(operations.finishedWall, new Date(since)), mayTurn))
    .groupBy(operations.releaseId)
    .limit(500);
  return rows.map(({ releaseId, finishedWall }) => ({
    releaseId,
    finishedWall: finishedWall?.getTime() ?? 0,
  }));
}

/** The release of a target's last operation. */
export interface TargetHolder {
  releaseId: string;
  key: string;
  state: RolloutState;
  /** Whether it may have a part of the traffic, or is about to. */
  isRollingOut: boolean;
}

/** Which release has a target: that of its last operation; null when there was none. */
export async function findTargetHolder(db: Queries, target: string): Promise<TargetHolder | null> {
  const [last] = await db
    .select({
      releaseId: operations.releaseId,
      key: releases.key,
      state: rollouts.state,
      trafficPercent: rollouts.trafficPercent,
      finishedAt: operations.finishedAt,
    })
    .from(operations)
    .innerJoin(releases, eq(releases.id, operations.releaseId))
    .innerJoin(rollouts, eq(rollouts.releaseId, operations.releaseId))
    // What is recorded went no target's way that tminus knows.
    .where(and(eq(operations.target, target), ne(operations.state, 'recorded')))
    .orderBy(desc(operations.seq))
    .limit(1);
  if (!last) return null;
  const { releaseId, key, state, trafficPercent, finishedAt } = last;
  const hasTraffic = state === 'running' || (state !== 'completed' && trafficPercent > 0);
  return { releaseId, key, state, isRollingOut: finishedAt === null || hasTraffic };
}

/** Releases whose rollout is under way, the first promotion included, also one that ended halfway. */
export async function findRunningRollouts(db: Queries): Promise<{ releaseId: string }[]> {
  const isWatched = and(eq(rollouts.state, 'completed'), eq(releases.state, 'in_progress'));
  // A slow target may have sent traffic before it is done; one that failed may have sent some.
  const promoted = db
    .select({ id: operations.id })
    .from(operations)
    .where(
      and(eq(operations.releaseId, rollouts.releaseId), inArray(operations.kind, ['promote', 'resume'])),
    );
  const isBeginning = and(eq(rollouts.state, 'not_started'), exists(promoted));
  return db
    .select({ releaseId: rollouts.releaseId })
    .from(rollouts)
    .innerJoin(releases, eq(releases.id, rollouts.releaseId))
    .where(or(eq(rollouts.state, 'running'), isWatched, isBeginning))
    .limit(500);
}
