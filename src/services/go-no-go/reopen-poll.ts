import { eq } from 'drizzle-orm';
import { askedBy } from '../../core/go-no-go/poll-policy.ts';
import { voteOutdatedMessage } from '../../core/messages/vote-outdated-message.ts';
import { contentsOf } from '../../core/plan/compare-plans.ts';
import type { Release } from '../../db/queries/load-release.ts';
import { latestPoll, type Poll } from '../../db/queries/polls.ts';
import { polls } from '../../db/schema/go-no-go.ts';
import { deliver } from '../kernel/effects.ts';
import { directMessageTo } from '../kernel/person-destination.ts';
import type { Scope } from '../kernel/scope.ts';
import { eachOnce, whoAnswersFor } from '../kernel/stand-ins.ts';
import { dropConditions } from './conditions.ts';
import { restartEscalation } from './escalate-poll.ts';
import { endVotes } from './write-votes.ts';

/**
 * What is voted on has changed: the votes of the open poll are outdated, it is asked anew by the plan as it is now, and
 * whoever had voted is told what has changed. Returns how many votes that were; null: no poll is open. `changed`: as
 * people call it; `after`: the release with its new plan, locked.
 */
export async function reopenPoll(
  scope: Scope,
  after: Release,
  { changed }: { changed: readonly string[] },
): Promise<number | null> {
  const poll = await latestPoll(scope.tx, after.id);
  if (poll?.state !== 'open') return null;
  const { roles, policy } = askedBy(after.plan, poll.kind);
  const contents = contentsOf(after.plan);
  const round = poll.round + 1;
  // What had changed before the first vote is nothing that a voter has to be told.
  const isNews = poll.votes.length > 0 || poll.changes.length > 0;
  const changes = isNews ? [...new Set([...poll.changes, ...changed])] : [];
  await dropConditions(scope, { pollId: poll.id, votes: poll.votes, why: 'outdated' });
  await endVotes(scope, { pollId: poll.id, roles: null, by: 'outdated' });
  await scope.tx.update(polls).set({ roles, policy, contents, round, changes }).where(eq(polls.id, poll.id));
  const details = {
    changed: changes,
    contents: { ...contents },
    round,
    roles,
    policy: { ...policy, veto: [...policy.veto], observers: [...policy.observers] },
    votes: poll.votes.map(({ role, choice, personName }) => ({ role, choice, personName })),
  };
  scope.audit({ action: 'votes.outdated', releaseId: after.id, subject: poll.id, details });
  await tellVoters(scope, after, { poll: { ...poll, roles }, round, changed });
  await restartEscalation(scope, after);
  return poll.votes.length;
}

/** Each once, with the buttons, in their direct messages: an edit of their ballot would not be noticed. */
async function tellVoters(
  scope: Scope,
  release: Release,
  { poll, round, changed }: { poll: Poll; round: number; changed: readonly string[] },
): Promise<void> {
  const asked = eachOnce(poll.roles.flatMap((role) => whoAnswersFor(release, role, poll)));
  for (const voter of asked.filter(({ isReachable }) => isReachable)) {
    const vote = poll.votes.find(({ personId }) => personId === voter.personId);
    if (!vote) continue;
    const { choice } = vote;
    const content = voteOutdatedMessage({ releaseKey: release.key, pollId: poll.id, round, choice, changed });
    const to = directMessageTo(voter, { release });
    await deliver(scope, { releaseId: release.id, to, subject: 'vote-outdated', content });
  }
}
