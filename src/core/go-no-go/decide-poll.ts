import type { RoleName } from '../plan/roles.ts';

export type VoteChoice = 'go' | 'no_go';

export interface Vote {
  role: RoleName;
  choice: VoteChoice;
  personId: string;
  personName: string;
  /** Required with a no-go. */
  reason: string | null;
  /** Epoch ms. */
  at: number;
}

export type PollOutcome = 'go' | 'no_go';

export interface PollTally {
  /** One entry for each required role, in the plan's order; `vote` is null while it is missing. */
  byRole: { role: RoleName; vote: Vote | null }[];
  missing: RoleName[];
  against: Vote[];
  /** What the poll would decide if it closed now. */
  outcome: PollOutcome;
}

/** Counts votes against the required roles. One no-go blocks, and so does a vote that is missing. */
export function tallyVotes(required: readonly RoleName[], votes: readonly Vote[]): PollTally {
  const byRole = required.map((role) => ({ role, vote: votes.find((vote) => vote.role === role) ?? null }));
  const missing = byRole.filter((entry) => entry.vote === null).map((entry) => entry.role);
  const against = byRole.flatMap(({ vote }) => (vote?.choice === 'no_go' ? [vote] : []));
  return { byRole, missing, against, outcome: missing.length + against.length === 0 ? 'go' : 'no_go' };
}
