import type { TrailComparison } from './comparison.ts';
import { operationComparison } from './operations.ts';
import { permissionComparison } from './permissions.ts';
import { pollComparison } from './polls.ts';
import { releaseComparison } from './releases.ts';
import { requestComparison } from './requests.ts';
import { voteComparison } from './votes.ts';

/** Rows that belong to no release: the workspace's trail has to agree with them. */
export const workspaceComparisons: readonly TrailComparison[] = [permissionComparison];

/** All rows of a release that the trail has to agree with, in the order in which differences are told. */
export const trailComparisons: readonly TrailComparison[] = [
  releaseComparison,
  pollComparison,
  voteComparison,
  requestComparison,
  operationComparison,
];
