import { and, asc, desc, eq, gt, inArray, isNull, sql } from 'drizzle-orm';
import type { GateValue } from '../../core/readiness/gates/gate.ts';
import { underWayStates } from '../../core/release/release-state.ts';
import { gateReadings, gateResults, gateWaivers } from '../schema/readiness.ts';
import { releases } from '../schema/release.ts';
import type { Queries } from '../transaction.ts';

/** The latest result of a gate; instants are epoch ms. */
export interface GateResult {
  gate: string;
  value: GateValue;
  version: string;
  measuredAt: number;
  receivedAt: number;
  source: string;
  evidence: string | null;
  reportedByName: string | null;
}

/** The result of each gate that was measured last; of two measured at once, the one that came in last. */
export async function findLatestResults(db: Queries, releaseId: string): Promise<GateResult[]> {
  const { gate, measuredAt, receivedAt, id } = gateResults;
  const rows = await db
    .selectDistinctOn([gate])
    .from(gateResults)
    .where(eq(gateResults.releaseId, releaseId))
    .orderBy(asc(gate), desc(measuredAt), desc(receivedAt), desc(id));
  return rows.map((row) => ({
    gate: row.gate,
    value: row.number ?? row.grade ?? row.passed ?? false,
    version: row.version,
    measuredAt: row.measuredAt.getTime(),
    receivedAt: row.receivedAt.getTime(),
    source: row.source,
    evidence: row.evidence,
    reportedByName: row.reportedByName,
  }));
}

type WaiverRow = typeof gateWaivers.$inferSelect;
export type GateWaiver = Pick<WaiverRow, 'id' | 'gate' | 'reason' | 'grantedByName'> & {
  /** Epoch ms. */
  until: number;
};

/** The waivers of a release that hold at `now` (epoch ms), the longest of each gate first. */
export async function findWaivers(
  db: Queries,
  { releaseId, now }: { releaseId: string; now: number },
): Promise<GateWaiver[]> {
  const rows = await db
    .select()
    .from(gateWaivers)
    .where(
      and(
        eq(gateWaivers.releaseId, releaseId),
        isNull(gateWaivers.endedAt),
        gt(gateWaivers.until, new Date(now)),
      ),
    )
    .orderBy(desc(gateWaivers.until));
  return rows.map(({ id, gate, reason, grantedByName, until }) => ({
    ...{ id, gate, reason, grantedByName },
    until: until.getTime(),
  }));
}

/** What a metrics source last said of a gate; `askedAt`: epoch ms. */
export type GateReading = Pick<typeof gateReadings.$inferSelect, 'gate' | 'source' | 'reason'> & {
  askedAt: number;
};

export async function findReadings(db: Queries, releaseId: string): Promise<GateReading[]> {
  const rows = await db.select().from(gateReadings).where(eq(gateReadings.releaseId, releaseId));
  return rows.map(({ gate, source, reason, askedAt }) => ({
    gate,
    source,
    reason,
    askedAt: askedAt.getTime(),
  }));
}

/** The releases under way whose plans have gates that tminus measures itself. */
export async function findMeasured(db: Queries): Promise<string[]> {
  const rows = await db
    .select({ id: releases.id })
    .from(releases)
    .where(
      and(
        inArray(releases.state, [...underWayStates]),
        sql`${releases.plan}->'readiness'->>'gates' like '%"measure"%'`,
      ),
    );
  return rows.map(({ id }) => id);
}
