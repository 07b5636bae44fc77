import { listWords } from '../../lib/list-words.ts';
import type { PolicyRule } from '../plan/go-no-go-policy-schema.ts';
import type { Poll } from '../plan/go-no-go-schema.ts';
import type { Plan } from '../plan/plan.ts';
import { type RoleName, roleTitle } from '../plan/roles.ts';

/** How a poll counts its votes. It is kept with the poll: a plan that changes later does not change it. */
export interface PollPolicy {
  rule: PolicyRule;
  /** Of `quorum`: so many roles have to vote go. */
  quorum: number | null;
  /** Roles whose no-go blocks whatever the rule says. */
  veto: readonly RoleName[];
  /** Roles that are asked and whose votes have no weight. */
  observers: readonly RoleName[];
  /** `emergency`: the shorter way that the plan of a hotfix names. */
  path: 'regular' | 'emergency';
}

/** Every required role votes go; one no-go blocks, and so does a vote that is missing. */
export const UNANIMOUS: PollPolicy = {
  rule: 'unanimous',
  quorum: null,
  veto: [],
  observers: [],
  path: 'regular',
};

/**
 * Whom a poll of a plan asks, and how it counts: those who vote, with the observers after them. The decision on a hotfix
 * goes the emergency path where the plan has one: few people, all of whom have to agree.
 */
export function askedBy(
  { goNoGo, type }: Plan,
  kind: Poll['kind'],
): { roles: RoleName[]; policy: PollPolicy } {
  const { emergency, policy } = goNoGo;
  if (type === 'hotfix' && emergency && kind === 'decision')
    return { roles: emergency.roles, policy: { ...UNANIMOUS, path: 'emergency' } };
  if (!policy) return { roles: goNoGo.roles, policy: UNANIMOUS };
  const { rule, quorum = null, veto, observers } = policy;
  return {
    roles: [...goNoGo.roles, ...observers],
    policy: { rule, quorum: rule === 'quorum' ? quorum : null, veto, observers, path: 'regular' },
  };
}

/** How those who have a weight voted. */
export interface Counts {
  /** How many have a weight. */
  required: number;
  for: number;
  against: number;
  neither: number;
  /** Somebody with a veto is against. */
  vetoed: boolean;
}

/**
 * Whether votes pass. An abstention is a vote that is neither for nor against: it blocks nothing, and helps nothing;
 * but at least one role has to vote go. `majority`: more than half of those who don't abstain, the missing included.
 */
export function passes({ rule, quorum }: PollPolicy, counts: Counts): boolean {
  if (counts.vetoed || counts.for === 0) return false;
  switch (rule) {
    case 'unanimous':
      return counts.for + counts.neither === counts.required;
    case 'quorum':
      return counts.for >= (quorum ?? counts.required);
    case 'majority':
      return counts.for * 2 > counts.required - counts.neither;
  }
}

/** What it takes, as a clause that follows a colon. `required`: how many roles have a weight. */
export function describePolicy({ rule, quorum, veto }: PollPolicy, required: number): string {
  const vetoes = veto.length > 0 ? `; a no-go of ${listWords(veto.map(roleTitle), 'or')} blocks it` : '';
  switch (rule) {
    case 'unanimous':
      return 'every required role has to vote go: one no-go or missing vote blocks it';
    case 'quorum':
      return `at least ${quorum ?? required} of ${required} roles have to vote go${vetoes}`;
    case 'majority':
      return `more than half of the ${required} roles have to vote go, not counting those who abstain${vetoes}`;
  }
}
