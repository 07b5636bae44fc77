import type { RoleName } from '../plan/roles.ts';

export const MILESTONE_NAMES = [
  'feature-complete',
  'code-freeze',
  'security-review',
  'qa-sign-off',
  'performance-validation',
  'go-no-go-decision',
  'production-deployment',
] as const;
export type MilestoneName = (typeof MILESTONE_NAMES)[number];

/** A point of the timeline to which a milestone is tied. */
export type MilestoneAnchor =
  | 'development-ends'
  | 'testing-begins'
  /** A third of the phase, rounded up to days. */
  | 'testing-third'
  | 'testing-ends'
  | 'decision-closes'
  | 'go-live';

export interface Milestone {
  name: MilestoneName;
  title: string;
  owner: RoleName;
  /** What S1 calls whoever owns it, where that is no role of the matrix. */
  ownerTitle?: string;
  criteria: readonly string[];
  /** Reached before it. */
  after: readonly MilestoneName[];
  /** What S1 names that is no milestone. */
  needs?: string;
  anchor: MilestoneAnchor;
}

/**
 * The critical milestones (S1 §3.2), in their order. S1 leaves the dates open and shows in §3.1 how they lie to each
 * other; the anchors put them into the phases of S2: the security review takes the first days of testing, QA and
 * performance end it.
 */
export const CRITICAL_MILESTONES: readonly Milestone[] = [
  {
    name: 'feature-complete',
    title: 'Feature complete',
    owner: 'engineering_lead',
    criteria: ['all features are implemented', 'unit tests pass'],
    after: [],
    needs: 'the requirements are signed off',
    anchor: 'development-ends',
  },
  {
    name: 'code-freeze',
    title: 'Code freeze',
    owner: 'release_manager',
    criteria: ['no new features, only fixes'],
    after: ['feature-complete'],
    anchor: 'testing-begins',
  },
  {
    name: 'security-review',
    title: 'Security review',
    owner: 'security_lead',
    criteria: ['the security scan passes', 'vulnerabilities are addressed'],
    after: ['code-freeze'],
    anchor: 'testing-third',
  },
  {
    name: 'qa-sign-off',
    title: 'QA sign-off',
    owner: 'qa_lead',
    criteria: ['all test cases pass', 'no critical bugs'],
    after: ['security-review'],
    anchor: 'testing-ends',
  },
  {
    name: 'performance-validation',
    title: 'Performance validation',
    owner: 'devops_lead',
    criteria: ['load tests pass', 'the SLA is met'],
    after: ['qa-sign-off'],
    anchor: 'testing-ends',
  },
  {
    name: 'go-no-go-decision',
    title: 'Go/no-go decision',
    owner: 'release_manager',
    ownerTitle: 'the release committee',
    criteria: ['formal approval to go on with the release'],
    after: ['feature-complete', 'code-freeze', 'security-review', 'qa-sign-off', 'performance-validation'],
    anchor: 'decision-closes',
  },
  {
    name: 'production-deployment',
    title: 'Production deployment',
    owner: 'devops_lead',
    criteria: ['the deployment succeeds', 'smoke tests pass'],
    after: ['go-no-go-decision'],
    anchor: 'go-live',
  },
];
