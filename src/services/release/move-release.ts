import { and, eq, inArray } from 'drizzle-orm';
import {
  endedStates,
  nextReleaseState,
  type ReleaseState,
  type ReleaseTransition,
  releaseTransitions,
} from '../../core/release/release-state.ts';
import type { TaskState } from '../../core/tasks/task.ts';
import { ASIDE } from '../../core/tasks/task-after-change.ts';
import type { Release } from '../../db/queries/load-release.ts';
import { releases } from '../../db/schema/release.ts';
import { updateDrafts } from '../approval/update-drafts.ts';
import { tellFollowers } from '../follow/tell-followers.ts';
import { ConflictError } from '../kernel/conflict-error.ts';
import type { Scope } from '../kernel/scope.ts';
import { settleByRelease } from '../tasks/update-tasks.ts';

/**
 * Moves a release through its life, if its present state allows it; returns whether it moved.
 * The only place where a release's state is written after it was created.
 */
export async function moveRelease(
  scope: Scope,
  release: Release,
  transition: ReleaseTransition,
): Promise<boolean> {
  const to = nextReleaseState(release.state, transition);
  if (!to) return false;
  const moved = await scope.tx
    .update(releases)
    .set({ state: to, endedAt: isEnd(to) ? new Date(scope.now) : null })
    .where(
      and(eq(releases.id, release.id), inArray(releases.state, [...releaseTransitions[transition].from])),
    )
    .returning({ id: releases.id });
  if (moved.length !== 1) throw new ConflictError(`release ${release.key} is no longer ${release.state}`);
  scope.audit({
    action: 'release.moved',
    releaseId: release.id,
    details: { from: release.state, to, transition },
  });
  release.state = to;
  const decision = decisions[transition];
  if (decision) await settleByRelease(scope, release, { settledBy: 'decision', ...decision });
  await tellFollowers(scope, release, transition);
  // What was approved for a release that went well is not what customers get of one that was rolled back.
  if (transition === 'rollBack') await updateDrafts(scope, release);
  return true;
}

/** What becomes of the milestone that the go/no-go is. */
const decisions: { [Transition in ReleaseTransition]?: { state: TaskState; reason?: string } } = {
  approve: { state: 'done' },
  withdrawApproval: { state: 'open' },
  startWithoutGo: { state: 'not-applicable', reason: ASIDE.noDecision },
};

function isEnd(state: ReleaseState): boolean {
  return (endedStates as readonly ReleaseState[]).includes(state);
}
