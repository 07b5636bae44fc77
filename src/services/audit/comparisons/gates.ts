import { eq } from 'drizzle-orm';
import * as z from 'zod';
import { listOf, textOf, textOrNull } from '../../../core/audit/read-details.ts';
import { gateResults, gateWaivers } from '../../../db/schema/readiness.ts';
import type { TrailComparison } from './comparison.ts';

const resultsSchema = z
  .array(
    z.object({ id: z.string(), gate: z.string(), value: z.union([z.number(), z.string(), z.boolean()]) }),
  )
  .catch([]);

/** What gates were found to be, by whom, when and on what evidence. */
export const gateResultComparison: TrailComparison = {
  what: 'the result of a gate',
  apply: (things, { action, at, details }) => {
    if (action !== 'gates.reported') return [];
    const { source, version, measuredAt, by, evidence } = details;
    return resultsSchema.parse(details.results).map(({ id, gate, value }) => {
      things.set(id, {
        ...{ gate, value, receivedAt: at },
        ...{ source: textOf(source), version: textOf(version), measuredAt: textOf(measuredAt) },
        ...{ by: textOrNull(by), evidence: textOrNull(evidence) },
      });
      return id;
    });
  },
  rows: async (db, releaseId) => {
    const rows = await db.select().from(gateResults).where(eq(gateResults.releaseId, releaseId));
    return new Map(
      rows.map(({ id, gate, number, grade, passed, source, version, evidence, ...row }) => [
        id,
        {
          ...{ gate, source, version, evidence, by: row.reportedByName },
          value: number ?? grade ?? passed,
          measuredAt: row.measuredAt.toISOString(),
          receivedAt: row.receivedAt.toISOString(),
        },
      ]),
    );
  },
};

/** Which gates were waived, by whom, why, until when, and who took that back. */
export const gateWaiverComparison: TrailComparison = {
  what: 'the waiver of a gate',
  apply: (things, { action, at, subject, details }) => {
    if (subject === undefined) return [];
    const ended = { endedAt: at, endedBy: textOf(details.by) };
    if (action === 'gate.waiver_ended') {
      things.set(subject, { ...things.get(subject), ...ended });
      return [subject];
    }
    if (action !== 'gate.waived') return [];
    const replaced = listOf(details.replaces);
    for (const id of replaced) things.set(id, { ...things.get(id), ...ended });
    things.set(subject, {
      ...{ gate: textOf(details.gate), reason: textOf(details.reason), until: textOf(details.until) },
      ...{ grantedBy: textOf(details.by), grantedAt: at, endedAt: null, endedBy: null },
    });
    return [...replaced, subject];
  },
  rows: async (db, releaseId) => {
    const rows = await db.select().from(gateWaivers).where(eq(gateWaivers.releaseId, releaseId));
    return new Map(
      rows.map(({ id, gate, reason, until, grantedByName, grantedAt, endedAt, endedByName }) => [
        id,
        {
          ...{ gate, reason, until: until.toISOString() },
          ...{ grantedBy: grantedByName, grantedAt: grantedAt.toISOString() },
          ...{ endedAt: endedAt?.toISOString() ?? null, endedBy: endedByName },
        },
      ]),
    );
  },
};
