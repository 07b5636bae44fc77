import type { RoleName } from '../plan/roles.ts';
import type { PlannedGate } from '../readiness/gates/gate.ts';
import { judgeGate, type KnownResult } from '../readiness/gates/judge-gate.ts';

/** What people and tools have done for a release, each with its instants (epoch ms). */
export interface ReleaseWork {
  /** By which T-0 the tasks are due as they are. */
  goLiveAt: number;
  tasks: readonly { key: string; dueAt: number; settledAt: number | null }[];
  gates: readonly PlannedGate[];
  results: readonly (KnownResult & { gate: string; receivedAt: number })[];
  polls: readonly { openedAt: number; roles: readonly RoleName[]; votes: readonly ForecastVote[] }[];
}

interface ForecastVote {
  role: RoleName;
  isGo: boolean;
  votedAt: number;
  endedAt: number | null;
}

/**
 * What was late at an instant on the way to a T-0: tasks that were due and not settled, gates that did not pass, and
 * roles without a go once their vote had opened. `task:…`, `gate:…`, `vote:…`.
 */
export function lateItems(
  work: ReleaseWork,
  { at, goLiveAt }: { at: number; goLiveAt: number },
): Set<string> {
  // Due dates move with T-0.
  const moved = goLiveAt - work.goLiveAt;
  const tasks = work.tasks
    .filter(({ dueAt, settledAt }) => dueAt + moved <= at && (settledAt === null || settledAt > at))
    .map(({ key }) => `task:${key}`);
  const gates = work.gates
    .filter((gate) => standsAt(work, gate, at) !== 'pass')
    .map(({ key }) => `gate:${key}`);
  return new Set([...tasks, ...gates, ...missingGo(work, at)]);
}

function standsAt({ results }: ReleaseWork, gate: PlannedGate, at: number) {
  const known = results.filter(
    (one) => one.gate === gate.key && one.measuredAt <= at && one.receivedAt <= at,
  );
  const [result] = [...known].sort((one, other) => other.measuredAt - one.measuredAt);
  if (!result) return judgeGate(gate, { result: null, waivedUntil: null, version: '', now: at });
  return judgeGate(gate, { result, waivedUntil: null, version: result.version, now: at });
}

function missingGo({ polls }: ReleaseWork, at: number): string[] {
  const [poll] = polls.filter(({ openedAt }) => openedAt <= at).sort((a, b) => b.openedAt - a.openedAt);
  if (!poll) return [];
  const hasGo = (role: RoleName) =>
    poll.votes.some(
      (vote) =>
        vote.role === role && vote.isGo && vote.votedAt <= at && (vote.endedAt === null || vote.endedAt > at),
    );
  return poll.roles.filter((role) => !hasGo(role)).map((role) => `vote:${role}`);
}
