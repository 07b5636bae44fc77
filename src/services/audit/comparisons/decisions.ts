import { eq } from 'drizzle-orm';
import { textOf, textOrNull } from '../../../core/audit/read-details.ts';
import { digestOf } from '../../../core/plan/plan-digest.ts';
import { decisions, pollEvidence, signOffs } from '../../../db/schema/go-no-go.ts';
import type { TrailComparison } from './comparison.ts';

/** What was decided: the whole record by its digest. */
export const decisionComparison: TrailComparison = {
  what: 'the decision',
  apply: (things, { action, at, subject, details }) => {
    if (action !== 'decision.recorded' || subject === undefined) return [];
    const { kind, outcome, poll, record } = details;
    things.set(subject, {
      ...{ kind: textOf(kind), outcome: textOf(outcome), poll: textOf(poll), record: textOf(record) },
      decidedAt: at,
    });
    return [subject];
  },
  rows: async (db, releaseId) => {
    const rows = await db.select().from(decisions).where(eq(decisions.releaseId, releaseId));
    return new Map(
      rows.map(({ id, kind, outcome, pollId, record, decidedAt }) => [
        id,
        { kind, outcome, poll: pollId, record: digestOf(record), decidedAt: decidedAt.toISOString() },
      ]),
    );
  },
};

/** Who has signed a decision off. */
export const signOffComparison: TrailComparison = {
  what: 'the sign-off',
  apply: (things, { action, at, subject, details }) => {
    if (action !== 'decision.signed' || subject === undefined) return [];
    const id = `${subject} ${textOf(details.role)}`;
    things.set(id, { by: textOf(details.by), inPlaceOf: textOrNull(details.inPlaceOf), signedAt: at });
    return [id];
  },
  rows: async (db, releaseId) => {
    const rows = await db
      .select({ signed: signOffs })
      .from(signOffs)
      .innerJoin(decisions, eq(decisions.id, signOffs.decisionId))
      .where(eq(decisions.releaseId, releaseId));
    return new Map(
      rows.map(({ signed: { decisionId, role, personName, inPlaceOf, signedAt } }) => [
        `${decisionId} ${role}`,
        { by: personName, inPlaceOf, signedAt: signedAt.toISOString() },
      ]),
    );
  },
};

/** What voters saw, each state of it by the digest that their votes name. */
export const pollEvidenceComparison: TrailComparison = {
  what: 'the evidence',
  apply: (things, { action, details }) => {
    const digest = action === 'vote.cast' ? textOf(details.evidence) : undefined;
    if (digest === undefined) return [];
    things.set(digest, { contents: digest });
    return [digest];
  },
  rows: async (db, releaseId) => {
    const rows = await db.select().from(pollEvidence).where(eq(pollEvidence.releaseId, releaseId));
    return new Map(rows.map(({ digest, body }) => [digest, { contents: digestOf(body) }]));
  },
};
