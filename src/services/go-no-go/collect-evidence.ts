import {
  type Evidence,
  type EvidenceReadiness,
  type EvidenceTasks,
  makeEvidence,
} from '../../core/go-no-go/evidence.ts';
import { roleTitle } from '../../core/plan/roles.ts';
import { limitWords, valueWords } from '../../core/readiness/gates/gate-words.ts';
import type { GateResult } from '../../core/rollout/evaluate-gate.ts';
import type { Release } from '../../db/queries/load-release.ts';
import { loadRollout } from '../../db/queries/rollouts.ts';
import { findTasks, type Task } from '../../db/queries/tasks.ts';
import type { Queries } from '../../db/transaction.ts';
import { loadGates, type StandingGate } from '../readiness/load-gates.ts';

/** What is known of a release at `now` (epoch ms of the release's clock), for those who vote on it. */
export async function collectEvidence(db: Queries, release: Release, now: number): Promise<Evidence> {
  const [tasks, { gates }, standing] = await Promise.all([
    findTasks(db, [release.id]),
    loadRollout(db, release.id),
    loadGates(db, release, now),
  ]);
  const readiness = summarize(standing);
  return makeEvidence(release.plan, { gates: gates.map(gateOf), readiness, tasks: countTasks(tasks, now) });
}

function gateOf({ title, value, threshold, state, source, at }: GateResult) {
  return { title, value, threshold, state, source, at: at === null ? null : new Date(at).toISOString() };
}

/** Undefined where nobody sends results: a list of what is missing would say nothing. */
function summarize(all: readonly StandingGate[]): EvidenceReadiness | undefined {
  if (all.every(({ result, waiver }) => result === null && waiver === null)) return undefined;
  return {
    passing: all.filter(({ state }) => state === 'pass').length,
    missing: all.filter(({ state }) => state === 'missing').length,
    others: all.flatMap(({ gate, state, result, waiver }) => {
      if (state === 'pass' || state === 'missing') return [];
      return {
        ...{ title: gate.title, state },
        value: result === null ? null : valueWords(gate, result.value),
        limit: limitWords(gate),
        waiver: state === 'waived' && waiver ? waiverOf(waiver) : null,
      };
    }),
  };
}

function waiverOf({ grantedByName, until, reason }: NonNullable<StandingGate['waiver']>) {
  return { by: grantedByName, until: new Date(until).toISOString(), reason };
}

/** What the release itself settles, its go/no-go above all, is no evidence for it. */
function countTasks(all: readonly Task[], now: number): EvidenceTasks {
  const tasks = all.filter(({ settledBy }) => settledBy === 'people');
  const open = tasks.filter(({ state }) => state === 'open');
  const overdue = open.filter(({ dueAt }) => dueAt <= now);
  return {
    open: open.length,
    done: tasks.filter(({ state }) => state === 'done').length,
    overdue: overdue.map(({ key, title, owner, dueAt }) => ({
      key,
      title,
      owner: roleTitle(owner),
      dueAt: new Date(dueAt).toISOString(),
    })),
  };
}
