import type { RoleName } from '../plan/roles.ts';

export const VOTE_CHOICES = ['go', 'no_go', 'conditional_go', 'abstain'] as const;
export type VoteChoice = (typeof VOTE_CHOICES)[number];

/** What a no-go is about, so that those who have to act can be told apart. Ours: the seeds name no categories. */
export const NO_GO_CATEGORIES = {
  quality: 'Quality: tests, bugs',
  technical: 'Technical: code, infrastructure',
  security: 'Security or compliance',
  operations: 'Operations: people, support, monitoring',
  business: 'Business: timing, customers',
  other: 'Something else',
} as const;
export type NoGoCategory = keyof typeof NO_GO_CATEGORIES;

/** Of a condition: nobody has said yet that it is met; somebody has; it was not met by its deadline. */
export type ConditionState = 'open' | 'met' | 'unmet';

/** What has to be done for a vote to stay a go. */
export interface VoteCondition {
  text: string;
  owner: RoleName;
  /** Epoch ms. */
  dueAt: number;
  state: ConditionState;
}

export interface Vote {
  role: RoleName;
  choice: VoteChoice;
  personId: string;
  personName: string;
  /** The name of the holder in whose place a backup voted; null when it is the holder's own vote. */
  inPlaceOf: string | null;
  /** Required with a no-go and with an abstention. */
  reason: string | null;
  /** Of a no-go. */
  category: NoGoCategory | null;
  /** Of a conditional go, and of no other. */
  condition: VoteCondition | null;
  /** Epoch ms. */
  at: number;
}

/** What a vote counts as: a condition that was not met in time makes a go a no-go. */
export function countsAs({
  choice,
  condition,
}: Pick<Vote, 'choice' | 'condition'>): 'for' | 'against' | 'neither' {
  switch (choice) {
    case 'go':
      return 'for';
    case 'no_go':
      return 'against';
    case 'conditional_go':
      return condition?.state === 'unmet' ? 'against' : 'for';
    case 'abstain':
      return 'neither';
  }
}

/** How a vote is called within a sentence. */
export const choiceWords: Record<VoteChoice, string> = {
  go: 'go',
  no_go: 'no-go',
  conditional_go: 'go on a condition',
  abstain: 'abstention',
};
