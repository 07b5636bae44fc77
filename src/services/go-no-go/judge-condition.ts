import { and, eq, isNull } from 'drizzle-orm';
import { conditionUnmetMessage } from '../../core/messages/condition-message.ts';
import { pollsBehindGo } from '../../db/queries/decisions.ts';
import type { Release } from '../../db/queries/load-release.ts';
import { findPoll, type Poll } from '../../db/queries/polls.ts';
import { findTask, type Task } from '../../db/queries/tasks.ts';
import { votes } from '../../db/schema/go-no-go.ts';
import { deliver } from '../kernel/effects.ts';
import type { Scope } from '../kernel/scope.ts';
import { reachable } from '../kernel/who-may.ts';
import { destinationsFor } from '../release/destinations-for.ts';
import { moveRelease } from '../release/move-release.ts';
import { recordDecision } from './record-decision.ts';
import { revisePoll } from './revise-poll.ts';
import { isAwaitingSignOff } from './sign-offs-of.ts';

/**
 * The deadline of a condition has come: if nobody has ticked it, the votes that depend on it count as a no-go from now
 * on, and an approval that rests on them is taken back. The release is locked.
 */
export async function judgeCondition(scope: Scope, release: Release, taskId: string): Promise<void> {
  const task = await findTask(scope.tx, taskId);
  if (!task) return;
  const verdict = task.state === 'done' ? 'met' : 'unmet';
  const judged = await scope.tx
    .update(votes)
    .set({ conditionVerdict: verdict })
    .where(and(eq(votes.conditionTask, taskId), isNull(votes.endedAt), isNull(votes.conditionVerdict)))
    .returning({ pollId: votes.pollId, role: votes.role, personName: votes.personName });
  const [first] = judged;
  const poll = first && (await findPoll(scope.tx, first.pollId));
  if (!first || !poll) return;
  const details = { verdict, poll: poll.id, roles: judged.map(({ role }) => role), condition: task.title };
  scope.audit({ action: 'condition.judged', releaseId: release.id, subject: taskId, details });
  if (verdict === 'unmet') await tellUnmet(scope, release, { poll, task, by: first.personName });
  scope.invalidateCards(release.id);
}

async function tellUnmet(
  scope: Scope,
  release: Release,
  { poll, task, by }: { poll: Poll; task: Task; by: string },
): Promise<void> {
  const goTakenBack = await takeBack(scope, release, { poll, task });
  await deliver(scope, {
    releaseId: release.id,
    to: destinationsFor(release, 'release'),
    subject: 'condition-unmet',
    content: conditionUnmetMessage({
      releaseKey: release.key,
      condition: task.title,
      by,
      owner: reachable(release, [task.owner]),
      managers: reachable(release, ['release_manager']),
      standing: goTakenBack ? 'taken-back' : poll.state === 'open' ? 'open' : 'over',
    }),
  });
}

/** A go that rests on a condition does not outlast it; where it was given against the votes, or is used up, it does. */
async function takeBack(
  scope: Scope,
  release: Release,
  { poll, task }: { poll: Poll; task: Task },
): Promise<boolean> {
  const hasGo = release.state === 'approved' || (await isAwaitingSignOff(scope.tx, release));
  const behind = await pollsBehindGo(scope.tx, release.id);
  if (!hasGo || !behind.includes(poll.id)) return false;
  const reason = `The condition “${task.title}” was not met in time.`;
  // Where the go only stood, it stands no longer.
  for (const pollId of behind) await revisePoll(scope, release, { pollId, outcome: 'no_go' });
  await recordDecision(scope, release, { poll, kind: 'condition', outcome: 'no_go', by: null, reason });
  await moveRelease(scope, release, 'withdrawApproval');
  return true;
}
