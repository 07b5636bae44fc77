import type { TrailComparison } from './comparison.ts';
import { decisionComparison, evidenceComparison, signOffComparison } from './decisions.ts';
import { operationComparison } from './operations.ts';
import { pollComparison } from './polls.ts';
import { releaseComparison } from './releases.ts';
import { voteComparison } from './votes.ts';

/** All rows that the trail has to agree with, in the order in which differences are told. */
export const trailComparisons: readonly TrailComparison[] = [
  releaseComparison,
  pollComparison,
  voteComparison,
  evidenceComparison,
  decisionComparison,
  signOffComparison,
  operationComparison,
];
