import type { Release } from '../../db/queries/load-release.ts';
import type { Scope } from '../kernel/scope.ts';

/** Something that happens at an instant. One file in `kinds/` for each. */
export type TimerKind = ReleaseTimerKind | PersonTimerKind;

/** Something that happens to a person, in all their releases: its subject is the person. */
export interface PersonTimerKind {
  name: string;
  isFirst?: never;
  /** As `fire`, with no release locked. */
  fireForPerson(scope: Scope, personId: string): Promise<void>;
}

/** Something that happens in a release. */
export interface ReleaseTimerKind {
  /** As stored in the timer's row. */
  name: string;
  /** Fired before the other timers of its release that are due at the same instant: they may depend on it. */
  isFirst?: true;
  /**
   * Does what the timer was set for, in the transaction that claims it; the release is locked. What it throws leaves
   * the timer pending, and it is tried again later.
   */
  fire(scope: Scope, release: Release, subjectId: string): Promise<void>;
}
