import type { RoleName } from '../plan/roles.ts';

export type VoteChoice = 'go' | 'no_go';

export interface Vote {
  role: RoleName;
  choice: VoteChoice;
  personId: string;
  personName: string;
  /** The name of the holder in whose place a backup voted; null when it is the holder's own vote. */
  inPlaceOf: string | null;
  /** Required with a no-go. */
  reason: string | null;
  /** Epoch ms. */
  at: number;
}

/** `go_stands`: an earlier go was confirmed by nobody's objection; votes were missing. */
export type PollOutcome = 'go' | 'no_go' | 'go_stands';

export interface PollTally {
  /** One entry for each required role, in the plan's order; `vote` is null while it is missing. */
  byRole: { role: RoleName; vote: Vote | null }[];
  missing: RoleName[];
  against: Vote[];
  /** What the votes say by themselves, if the poll closed now. */
  outcome: 'go' | 'no_go';
}

/** Counts votes against the required roles. One no-go blocks, and so does a vote that is missing. */
export function tallyVotes(required: readonly RoleName[], votes: readonly Vote[]): PollTally {
  const byRole = required.map((role) => ({ role, vote: votes.find((vote) => vote.role === role) ?? null }));
  const missing = byRole.filter((entry) => entry.vote === null).map((entry) => entry.role);
  const against = byRole.flatMap(({ vote }) => (vote?.choice === 'no_go' ? [vote] : []));
  return { byRole, missing, against, outcome: missing.length + against.length === 0 ? 'go' : 'no_go' };
}

/**
 * What a poll decides. Where a go stands already, silence does not take it back: only a no-go does.
 * `goStands` is for decision polls; a readiness check decides nothing.
 */
export function decideOutcome(tally: PollTally, { goStands }: { goStands: boolean }): PollOutcome {
  if (tally.outcome === 'go') return 'go';
  return goStands && tally.against.length === 0 ? 'go_stands' : 'no_go';
}
