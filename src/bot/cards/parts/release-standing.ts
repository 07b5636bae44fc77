import { type ReleaseState, releaseStateTitles } from '../../../core/release/release-state.ts';
import type { Release } from '../../../db/queries/load-release.ts';

const marks: Record<ReleaseState, string> = {
  draft: '📝',
  in_planning: '🕐',
  approved: '✅',
  in_progress: '⏫',
  completed: '🎉',
  rolled_back: '⏪',
  cancelled: '✖️',
};

/** How a release stands, as a mark for the beginning of a line. */
export function stateMark({ state, pause }: Pick<Release, 'state' | 'pause'>): string {
  return pause ? '⏸' : marks[state];
}

/** How a release stands, in a word or two. */
export function standingOf({ state, pause }: Pick<Release, 'state' | 'pause'>): string {
  return pause ? `${releaseStateTitles[state]}, paused` : releaseStateTitles[state];
}
