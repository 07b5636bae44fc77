import type { TrailComparison } from './comparison.ts';
import { gateResultComparison, gateWaiverComparison } from './gates.ts';
import { operationComparison } from './operations.ts';
import { pollComparison } from './polls.ts';
import { releaseComparison } from './releases.ts';
import { taskComparison } from './tasks.ts';
import { voteComparison } from './votes.ts';

/** All rows that the trail has to agree with, in the order in which differences are told. */
export const trailComparisons: readonly TrailComparison[] = [
  releaseComparison,
  pollComparison,
  voteComparison,
  operationComparison,
  taskComparison,
  gateResultComparison,
  gateWaiverComparison,
];
