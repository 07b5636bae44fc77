import { and, asc, desc, eq } from 'drizzle-orm';
import type { SignOff } from '../../core/go-no-go/sign-off.ts';
import { decisions, polls, signOffs } from '../schema/go-no-go.ts';
import type { Queries } from '../transaction.ts';

/** A decision with the sign-offs that it has; instants are epoch ms. */
export type Decision = Omit<typeof decisions.$inferSelect, 'decidedAt'> & {
  decidedAt: number;
  signOffs: SignOff[];
};

/** The decision on a release that was taken last, on go or no-go; a readiness check is none. Null: there is none yet. */
export async function latestDecision(db: Queries, releaseId: string): Promise<Decision | null> {
  const [row] = await db
    .select({ decision: decisions })
    .from(decisions)
    .innerJoin(polls, eq(polls.id, decisions.pollId))
    .where(and(eq(decisions.releaseId, releaseId), eq(polls.kind, 'decision')))
    .orderBy(desc(decisions.seq))
    .limit(1);
  if (!row) return null;
  const { decidedAt, ...decision } = row.decision;
  return { ...decision, decidedAt: decidedAt.getTime(), signOffs: await signOffsOf(db, decision.id) };
}

/** Every decision of a release as it was recorded, the oldest first, with its sign-offs. */
export async function findDecisions(db: Queries, releaseId: string) {
  const rows = await db
    .select()
    .from(decisions)
    .where(eq(decisions.releaseId, releaseId))
    .orderBy(asc(decisions.seq));
  return Promise.all(
    rows.map(async (decision) => ({
      ...decision,
      signOffs: await db
        .select()
        .from(signOffs)
        .where(eq(signOffs.decisionId, decision.id))
        .orderBy(asc(signOffs.signedAt)),
    })),
  );
}

/**
 * The polls on which the go of a release rests: the one that gave it, and those that have let it stand since. None: it has
 * no go by votes.
 */
export async function pollsBehindGo(db: Queries, releaseId: string): Promise<string[]> {
  const rows = await db
    .select({ pollId: decisions.pollId, outcome: decisions.outcome })
    .from(decisions)
    .innerJoin(polls, eq(polls.id, decisions.pollId))
    .where(and(eq(decisions.releaseId, releaseId), eq(polls.kind, 'decision')))
    .orderBy(desc(decisions.seq));
  const given = rows.findIndex(({ outcome }) => outcome !== 'go_stands');
  if (given < 0 || rows[given]?.outcome !== 'go') return [];
  return rows.slice(0, given + 1).map(({ pollId }) => pollId);
}

async function signOffsOf(db: Queries, decisionId: string): Promise<SignOff[]> {
  const rows = await db
    .select()
    .from(signOffs)
    .where(eq(signOffs.decisionId, decisionId))
    .orderBy(asc(signOffs.signedAt));
  return rows.map(({ role, personId, personName, inPlaceOf, signedAt }) => ({
    role,
    personId,
    personName,
    inPlaceOf,
    at: signedAt.getTime(),
  }));
}
