import type { RoleName } from '../plan/roles.ts';
import { type Counts, type PollPolicy, passes } from './poll-policy.ts';
import { countsAs, type Vote } from './vote.ts';

/**
 * `go_stands`: there was a go, votes were missing, and nothing speaks against it. `timed_out`: votes were missing when
 * the poll closed, and with them it could have been a go. `overridden`: a go that somebody gave against the votes.
 */
export type PollOutcome = 'go' | 'no_go' | 'go_stands' | 'timed_out' | 'overridden';

/** Whom a poll asks, and how it counts. */
export interface Asked {
  roles: readonly RoleName[];
  policy: PollPolicy;
}

export interface RoleAnswer {
  role: RoleName;
  /** Null while it is missing. */
  vote: Vote | null;
}

export interface PollTally {
  /** One entry for each role with a weight, in the plan's order. */
  byRole: RoleAnswer[];
  /** One entry for each role without: asked for advice. */
  advisory: RoleAnswer[];
  /** With a weight, and without a vote. */
  missing: RoleName[];
  /** With a weight, and against: a no-go, or a go whose condition was not met. */
  against: Vote[];
  /** What the votes say by themselves, if the poll closed now. `timed_out`: the missing votes could still make it a go. */
  outcome: 'go' | 'no_go' | 'timed_out';
}

/** Counts votes by the policy of their poll. Votes of roles that are not asked count nowhere. */
export function tallyVotes({ roles, policy }: Asked, votes: readonly Vote[]): PollTally {
  const answers = roles.map((role) => ({ role, vote: votes.find((vote) => vote.role === role) ?? null }));
  const byRole = answers.filter(({ role }) => !policy.observers.includes(role));
  const missing = byRole.filter(({ vote }) => vote === null).map(({ role }) => role);
  const cast = byRole.flatMap(({ vote }) => (vote ? [vote] : []));
  const against = cast.filter((vote) => countsAs(vote) === 'against');
  const counts: Counts = {
    required: byRole.length,
    for: cast.filter((vote) => countsAs(vote) === 'for').length,
    against: against.length,
    neither: cast.filter((vote) => countsAs(vote) === 'neither').length,
    vetoed: against.some(({ role }) => policy.veto.includes(role)),
  };
  const advisory = answers.filter(({ role }) => policy.observers.includes(role));
  return { byRole, advisory, missing, against, outcome: outcomeOf(policy, counts, missing.length) };
}

function outcomeOf(policy: PollPolicy, counts: Counts, missing: number): PollTally['outcome'] {
  if (passes(policy, counts)) return 'go';
  const atBest = { ...counts, for: counts.for + missing };
  return missing > 0 && passes(policy, atBest) ? 'timed_out' : 'no_go';
}

/**
 * What a poll decides. Where a go stands already, silence does not take it back: only votes do. `goStands` is for
 * decision polls; a readiness check decides nothing.
 */
export function decideOutcome(tally: PollTally, { goStands }: { goStands: boolean }): PollOutcome {
  return goStands && tally.outcome === 'timed_out' ? 'go_stands' : tally.outcome;
}

/** Whether an outcome approves the release. */
export function isGo(outcome: PollOutcome | null): boolean {
  return outcome === 'go' || outcome === 'go_stands' || outcome === 'overridden';
}
