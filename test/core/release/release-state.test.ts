import { describe, expect, it } from 'vitest';
import {
  nextReleaseState,
  type ReleaseState,
  type ReleaseTransition,
  releaseStates,
  releaseStateTitles,
  releaseTransitions,
} from '../../../src/core/release/release-state.ts';

/** What each transition makes of each state; what is not listed is not allowed. */
const allowed: Record<ReleaseTransition, Partial<Record<ReleaseState, ReleaseState>>> = {
  plan: { draft: 'in_planning' },
  approve: { in_planning: 'approved' },
  withdrawApproval: { approved: 'in_planning' },
  start: { approved: 'in_progress' },
  startWithoutGo: { in_planning: 'in_progress' },
  complete: { in_progress: 'completed' },
  rollBack: { in_progress: 'rolled_back', completed: 'rolled_back' },
  cancel: { in_planning: 'cancelled', approved: 'cancelled' },
};

const transitions = Object.keys(releaseTransitions) as ReleaseTransition[];
const pairs = transitions.flatMap((transition) => releaseStates.map((state) => ({ transition, state })));

describe('the life of a release', () => {
  it.each(pairs)('$transition of a release that is $state', ({ transition, state }) => {
    expect(nextReleaseState(state, transition)).toBe(allowed[transition][state] ?? null);
  });

  it('has three ends that nothing but a rollback leaves', () => {
    const ends = (['completed', 'rolled_back', 'cancelled'] as const).map((state) => [
      state,
      transitions.filter((transition) => nextReleaseState(state, transition)),
    ]);
    expect(ends).toEqual([
      ['completed', ['rollBack']],
      ['rolled_back', []],
      ['cancelled', []],
    ]);
  });

  it('calls every state by words without underscores', () => {
    for (const state of releaseStates) expect(releaseStateTitles[state]).toBe(state.replaceAll('_', ' '));
  });
});
