import type { Vote } from '../../../core/go-no-go/vote.ts';
import type { Wanted } from '../../../core/subscriptions/subscription-words.ts';
import type { Draft } from '../../../db/queries/drafts.ts';
import type { ComingItem, OpenBallot } from '../../../db/queries/home.ts';
import type { Release } from '../../../db/queries/load-release.ts';
import type { Poll } from '../../../db/queries/polls.ts';
import type { Rollout } from '../../../db/queries/rollouts.ts';
import type { Task } from '../../../db/queries/tasks.ts';
import type { UnsettledMessage } from '../../../db/queries/unsettled-messages.ts';
import type { RolloutFacts } from '../parts/rollout-status.ts';

/** What a person's App Home shows. */
export interface HomeView {
  /** Epoch ms of the release's clock. */
  now: number;
  personId: string;
  ballots: HomeBallot[];
  /** Messages for customers that wait for the person's approval. */
  drafts: HomeDraft[];
  /** What they have to do within a week, or should have done; also what others have not done whom they stand in for. */
  tasks?: readonly HomeTask[];
  coming: ComingItem[];
  /** Those the person has a role in: the first ones, and one more when there are more. */
  releases: HomeRelease[];
  /** Where the person has no role: what they follow; of somebody without any role also what is under way and what is live. */
  others: OtherRelease[];
  /** What they get their own copies of. */
  subscriptions?: readonly Wanted[];
  /** They may plan releases. */
  mayPlan: boolean;
}

/** A poll that waits for the person's vote, with its release and what they said in the one before. */
export interface HomeBallot extends OpenBallot {
  release: Release | null;
  previous: Pick<Vote, 'choice' | 'reason' | 'at'> | null;
}

/** A task, with its release. */
export interface HomeTask {
  release: Release;
  task: Task;
}

/** A message that customers read, with its release. */
export interface HomeDraft {
  release: Release;
  draft: Draft;
}

/** A release in which the person has no role. */
export interface OtherRelease extends HomeRelease {
  isFollowed: boolean;
}

export interface HomeRelease {
  release: Release;
  rollout: Rollout;
  facts: RolloutFacts;
  /** The poll that is open, else the one opened last. */
  poll: Poll | null;
  /** Messages of which nobody knows whether they arrived. */
  unsettled: readonly UnsettledMessage[];
}
