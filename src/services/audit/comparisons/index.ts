import { communicationComparison } from './communications.ts';
import type { TrailComparison } from './comparison.ts';
import { decisionComparison, pollEvidenceComparison, signOffComparison } from './decisions.ts';
import { deliveryComparison, wordingComparison } from './deliveries.ts';
import { evidenceComparison } from './evidence.ts';
import { freezeBreakComparison } from './freeze-breaks.ts';
import { freezeComparison } from './freezes.ts';
import { gateResultComparison, gateWaiverComparison } from './gates.ts';
import { notesComparison } from './notes.ts';
import { operationComparison } from './operations.ts';
import { peopleComparison } from './people.ts';
import { permissionComparison } from './permissions.ts';
import { pollComparison } from './polls.ts';
import { releaseComparison } from './releases.ts';
import { requestComparison, workspaceRequestComparison } from './requests.ts';
import { taskComparison } from './tasks.ts';
import { voteComparison } from './votes.ts';

/** All rows of a release that its trail has to agree with, in the order in which differences are told. */
export const releaseComparisons: readonly TrailComparison[] = [
  releaseComparison,
  peopleComparison,
  pollComparison,
  voteComparison,
  requestComparison,
  pollEvidenceComparison,
  decisionComparison,
  signOffComparison,
  operationComparison,
  evidenceComparison,
  notesComparison,
  freezeBreakComparison,
  taskComparison,
  gateResultComparison,
  gateWaiverComparison,
  communicationComparison,
  wordingComparison,
  deliveryComparison,
];

/** The same of what belongs to no release. */
export const workspaceComparisons: readonly TrailComparison[] = [
  freezeComparison,
  workspaceRequestComparison,
  permissionComparison,
];
