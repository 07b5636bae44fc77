import type { Contents } from '../plan/compare-plans.ts';
import type { RoleName } from '../plan/roles.ts';
import type { PollOutcome } from './decide-poll.ts';
import type { Evidence } from './evidence.ts';
import type { PollPolicy } from './poll-policy.ts';
import type { NoGoCategory, VoteChoice } from './vote.ts';

/** What was decided and on what grounds, as it was then. Instants are ISO 8601; people are names, as the plan has them. */
export interface DecisionRecord {
  kind: 'readiness' | 'decision';
  /** The day of go-live, YYYY-MM-DD in the release's zone; left out in records of older versions. */
  goLiveDate?: string;
  outcome: PollOutcome;
  policy: PollPolicy;
  roles: readonly RoleName[];
  openedAt: string;
  closesAt: string;
  decidedAt: string;
  /** Who ended it before its time, or decided against the votes; null: its time had come. */
  decidedBy: string | null;
  /** Why, of an override. */
  reason: string | null;
  missing: readonly RoleName[];
  contents: Contents;
  /** As it was when the decision was taken. */
  evidence: Evidence;
  /** Every vote in the order in which they were cast, those that were changed or outdated among them. */
  votes: RecordedVote[];
}

export interface RecordedVote {
  role: RoleName;
  person: string;
  inPlaceOf: string | null;
  choice: VoteChoice;
  reason: string | null;
  category: NoGoCategory | null;
  condition: { text: string; owner: RoleName; dueAt: string; state: 'open' | 'met' | 'unmet' } | null;
  at: string;
  /** Null: it counted. */
  ended: { at: string; by: 'changed' | 'outdated' } | null;
  /** The digest of what the voter saw; null: not known. */
  evidence: string | null;
}
