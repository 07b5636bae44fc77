import { and, eq, inArray, isNotNull, isNull, notInArray } from 'drizzle-orm';
import { line } from '../../core/card/line.ts';
import { localDate } from '../../core/card/local-date.ts';
import type { Vote } from '../../core/go-no-go/vote.ts';
import { type RoleName, roleTitle } from '../../core/plan/roles.ts';
import type { Release } from '../../db/queries/load-release.ts';
import { votes as voteRows } from '../../db/schema/go-no-go.ts';
import { listWords } from '../../lib/list-words.ts';
import { shortenAtWord } from '../../lib/shorten-text.ts';
import { cancelTimers, setTimer } from '../kernel/effects.ts';
import { type Refusal, refuse } from '../kernel/result.ts';
import type { Scope } from '../kernel/scope.ts';
import { addConditionTask, putTasksAside } from '../tasks/add-task.ts';
import type { VoteInput } from './vote-input.ts';

/** The timer of a condition's deadline. Its subject is the task. */
export const conditionKind = 'condition-due';

/** Why tminus puts the task of a condition aside. */
const asideWords = {
  changed: 'The vote that asked for it was changed.',
  outdated: 'The plan has changed, and the vote that asked for it no longer counts.',
} as const;

/** Why a condition can't be tracked as it was put; null: it can, or there is none. */
export function refuseCondition(scope: Scope, release: Release, { condition }: VoteInput): Refusal | null {
  if (condition === null) return null;
  const { id: releaseId, goLiveAt, plan } = release;
  if (!release.people.some(({ role }) => role === condition.owner)) {
    const message = `${release.key} has no ${roleTitle(condition.owner)}. Choose somebody else for the condition.`;
    return refuse('invalid', message, { releaseId, field: 'owner' }).refusal;
  }
  if (condition.dueAt <= scope.now)
    return refuse('invalid', 'The deadline of the condition has passed. Choose a later one.', {
      releaseId,
      field: 'until',
    }).refusal;
  if (scope.now < goLiveAt && condition.dueAt > goLiveAt) {
    const goLive = localDate(goLiveAt, plan.goLive.zone);
    const message = line`The deadline of the condition is after go-live, ${goLive}. Choose an earlier one, or vote no-go.`;
    return refuse('invalid', message, { releaseId, field: 'until' }).refusal;
  }
  return null;
}

/** Makes a task of a condition, judged at its deadline. Returns its id; null: there is no condition. */
export async function addCondition(
  scope: Scope,
  release: Release,
  { condition, votes }: { condition: VoteInput['condition']; votes: readonly Vote[] },
): Promise<string | null> {
  if (condition === null) return null;
  const { owner, dueAt, text } = condition;
  const roles = listWords(votes.map(({ role }) => roleTitle(role)));
  const name = votes[0]?.personName ?? '';
  const id = await addConditionTask(scope, release, {
    title: shortenAtWord(text.replace(/\s+/gu, ' '), 200),
    owner,
    dueAt,
    criteria: [`${name} (${roles}) voted go on this condition: otherwise it's a no-go`],
  });
  await setTimer(scope, { releaseId: release.id, kind: conditionKind, subjectId: id, dueAt });
  return id;
}

/** Votes end that may have conditions: what nobody asks for any more is put aside. */
export async function dropConditions(
  scope: Scope,
  { pollId, votes, why }: { pollId: string; votes: readonly Vote[]; why: keyof typeof asideWords },
): Promise<void> {
  if (votes.every(({ condition }) => condition === null)) return;
  const roles = votes.map(({ role }) => role);
  const ending = await conditionTasks(scope, pollId, { of: roles });
  const kept = await conditionTasks(scope, pollId, { butOf: roles });
  const dropped = ending.filter((task) => !kept.includes(task));
  if (dropped.length === 0) return;
  await putTasksAside(scope, dropped, asideWords[why]);
  for (const task of dropped) await cancelTimers(scope, task, conditionKind);
}

async function conditionTasks(
  { tx }: Scope,
  pollId: string,
  which: { of: RoleName[] } | { butOf: RoleName[] },
): Promise<string[]> {
  const { role, conditionTask, endedAt } = voteRows;
  const isOfRole = 'of' in which ? inArray(role, which.of) : notInArray(role, which.butOf);
  const rows = await tx
    .selectDistinct({ task: conditionTask })
    .from(voteRows)
    .where(and(eq(voteRows.pollId, pollId), isNull(endedAt), isNotNull(conditionTask), isOfRole));
  return rows.flatMap(({ task }) => (task === null ? [] : [task]));
}
