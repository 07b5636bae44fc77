import type { PgTable } from 'drizzle-orm/pg-core';
import { wordingHash } from '../../../core/approval/proposal.ts';
import type { Redaction } from '../../../core/audit/redaction.ts';
import type { Card } from '../../../core/card/card.ts';
import { notesScopeDigest } from '../../../core/notes/scope-digest.ts';
import { contentsOf } from '../../../core/plan/compare-plans.ts';
import type { Plan } from '../../../core/plan/plan.ts';
import { digestOf } from '../../../core/plan/plan-digest.ts';
import { decisions, pollEvidence } from '../../../db/schema/go-no-go.ts';
import { releaseNotes } from '../../../db/schema/notes.ts';
import { deliveries } from '../../../db/schema/outbox.ts';
import { releases } from '../../../db/schema/release.ts';
import type { Queries } from '../../../db/transaction.ts';
import { wordingOf } from '../../notes/load-notes.ts';
import { findRowsOf } from './redacted-rows.ts';

/** The digests that a kind of row is known by elsewhere, in an order of their own. */
interface Digested {
  table: PgTable;
  digests(row: Record<string, unknown>): string[];
}

/** In this order: a decision's record names the evidence by its digest, and that names the plan by its own. */
const digested: readonly Digested[] = [
  { table: releases, digests: ({ plan }) => planDigests(plan as Plan) },
  { table: pollEvidence, digests: ({ body }) => [digestOf(body)] },
  { table: decisions, digests: ({ record }) => [digestOf(record)] },
  { table: deliveries, digests: ({ content }) => (content ? [wordingHash(content as Card)] : []) },
  { table: releaseNotes, digests: (row) => [wordingOf(row as typeof releaseNotes.$inferSelect)] },
];

/**
 * The redaction with the digests of all that it changes: what names a plan, evidence, a record or a wording by its
 * digest will name it as it is then.
 */
export async function withDigests(db: Queries, redaction: Redaction): Promise<Redaction> {
  const parts = new Map(redaction.parts);
  for (const { table, digests } of digested) {
    for (const { before, values } of await findRowsOf(db, table, { ...redaction, parts })) {
      const after = digests({ ...before, ...values });
      for (const [place, digest] of digests(before).entries()) {
        const other = after[place] ?? digest;
        if (other !== digest) parts.set(digest, other);
      }
    }
  }
  return { ...redaction, parts };
}

function planDigests(plan: Plan): string[] {
  const { scope, terms, plan: whole } = contentsOf(plan);
  return [scope, terms, whole, notesScopeDigest(plan)];
}
