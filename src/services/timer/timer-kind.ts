import type { Release } from '../../db/queries/load-release.ts';
import type { Scope } from '../kernel/scope.ts';

/** Something that happens at an instant. One file in `kinds/` for each. */
export type TimerKind = ReleaseTimerKind | OwnTimerKind | SharedTimerKind;

/** Something that happens outside all releases, such as to a person who has several: its subject is the person. */
export interface OwnTimerKind {
  name: string;
  isFirst?: never;
  /** As `fire`, with no release locked. */
  fireAlone(scope: Scope, subjectId: string): Promise<void>;
}

/** Something that happens in a release or outside all. */
export type SharedTimerKind = ReleaseTimerKind & Pick<OwnTimerKind, 'fireAlone'>;

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
