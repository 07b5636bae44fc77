import { type PollOutcome, tallyVotes } from '../../core/go-no-go/decide-poll.ts';
import type { DecisionRecord, RecordedVote } from '../../core/go-no-go/decision-record.ts';
import { evidenceDigest } from '../../core/go-no-go/evidence.ts';
import { contentsOf } from '../../core/plan/compare-plans.ts';
import { digestOf } from '../../core/plan/plan-digest.ts';
import type { Release } from '../../db/queries/load-release.ts';
import { findAllVotes, type Poll } from '../../db/queries/polls.ts';
import { decisions } from '../../db/schema/go-no-go.ts';
import type { Scope } from '../kernel/scope.ts';
import { collectEvidence } from './collect-evidence.ts';

/** What was decided, how, by whom and why. */
export interface Decided {
  kind: typeof decisions.$inferSelect.kind;
  outcome: PollOutcome;
  by: string | null;
  reason: string | null;
}

/** Keeps a decision with all that it rests on. Returns its id. The caller holds the release's lock. */
export async function recordDecision(
  scope: Scope,
  release: Release,
  { poll, kind, outcome, by, reason }: Decided & { poll: Poll },
): Promise<string> {
  const id = scope.ctx.newId();
  const all = await findAllVotes(scope.tx, poll.id);
  const evidence = await collectEvidence(scope.tx, release, scope.now);
  const inTime = poll.votes.filter(({ at }) => at < poll.closesAt || release.pause !== null);
  const record: DecisionRecord = {
    kind: poll.kind,
    goLiveDate: release.plan.goLive.date,
    outcome,
    policy: poll.policy,
    roles: poll.roles,
    openedAt: new Date(poll.openedAt).toISOString(),
    closesAt: new Date(poll.closesAt).toISOString(),
    decidedAt: new Date(scope.now).toISOString(),
    decidedBy: by,
    reason,
    missing: tallyVotes(poll, inTime).missing,
    contents: poll.contents ?? contentsOf(release.plan),
    evidence,
    votes: all.map(recordedVote),
  };
  await scope.tx.insert(decisions).values({
    id,
    releaseId: release.id,
    pollId: poll.id,
    kind,
    outcome,
    record,
    decidedAt: new Date(scope.now),
  });
  const details = {
    kind,
    outcome,
    poll: poll.id,
    record: digestOf(record),
    evidence: evidenceDigest(evidence),
    by,
    reason,
  };
  scope.audit({ action: 'decision.recorded', releaseId: release.id, subject: id, details });
  return id;
}

function recordedVote(vote: Awaited<ReturnType<typeof findAllVotes>>[number]): RecordedVote {
  const { role, personName, inPlaceOf, choice, reason, category, condition, at, ended, evidence } = vote;
  return {
    role,
    person: personName,
    inPlaceOf,
    choice,
    reason,
    category,
    condition: condition && { ...condition, dueAt: new Date(condition.dueAt).toISOString() },
    at: new Date(at).toISOString(),
    ended: ended && { at: new Date(ended.at).toISOString(), by: ended.by },
    evidence,
  };
}
