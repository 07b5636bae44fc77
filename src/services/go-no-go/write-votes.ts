import { and, eq, inArray, isNull } from 'drizzle-orm';
import type { Vote } from '../../core/go-no-go/vote.ts';
import type { RoleName } from '../../core/plan/roles.ts';
import { given, prepareQuery } from '../../db/prepare-query.ts';
import { votes } from '../../db/schema/go-no-go.ts';
import type { Scope } from '../kernel/scope.ts';

/** Writes votes; those of the same roles that stood end, and are kept. The caller holds the release's lock. */
export async function replaceVotes(
  scope: Scope,
  vote: {
    pollId: string;
    votes: readonly Vote[];
    /** Those that stood. */
    earlier: readonly Vote[];
    /** What their condition became; null: they have none. */
    task: string | null;
    /** The digest of what the voter saw. */
    evidence: string;
  },
): Promise<void> {
  const { pollId, task, evidence } = vote;
  const roles = vote.earlier.map(({ role }) => role);
  if (roles.length > 0) await endVotes(scope, { pollId, roles, by: 'changed' });
  for (const { at, condition, ...row } of vote.votes) {
    const id = scope.ctx.newId();
    const text = condition?.text ?? null;
    await insertVote(scope.tx, {
      ...row,
      id,
      pollId,
      condition: text,
      conditionTask: task,
      evidence,
      votedAt: new Date(at),
    });
  }
}

/** The standing votes of some roles count no more; null: those of all roles. */
export async function endVotes(
  { tx, now }: Scope,
  { pollId, roles, by }: { pollId: string; roles: readonly RoleName[] | null; by: 'changed' | 'outdated' },
): Promise<void> {
  const isOfRole = roles === null ? undefined : inArray(votes.role, [...roles]);
  await tx
    .update(votes)
    .set({ endedAt: new Date(now), endedBy: by })
    .where(and(eq(votes.pollId, pollId), isNull(votes.endedAt), isOfRole));
}

type NewVote = Omit<typeof votes.$inferSelect, 'seq' | 'endedAt' | 'endedBy' | 'conditionVerdict'>;

const insertVote = prepareQuery<NewVote, unknown>('insert vote', (db) =>
  db.insert(votes).values({
    id: given('id'),
    pollId: given('pollId'),
    role: given('role'),
    personId: given('personId'),
    personName: given('personName'),
    inPlaceOf: given('inPlaceOf'),
    choice: given('choice'),
    reason: given('reason'),
    category: given('category'),
    condition: given('condition'),
    conditionTask: given('conditionTask'),
    evidence: given('evidence'),
    votedAt: given('votedAt'),
  }),
);
