import type { Checklist } from './checklist.ts';
import { DOCUMENT_CHECKLISTS } from './documents.ts';
import { GOVERNANCE_CHECKLISTS } from './governance.ts';
import { OPERATIONS_CHECKLISTS } from './operations.ts';
import { VALIDATION_CHECKLISTS } from './validation.ts';

/** All checklists that there are, in the order in which they are shown. */
export const DEFAULT_CHECKLISTS: readonly Checklist[] = [
  ...OPERATIONS_CHECKLISTS.filter(({ key }) => key !== 'internal-alignment'),
  ...DOCUMENT_CHECKLISTS,
  ...VALIDATION_CHECKLISTS,
  ...GOVERNANCE_CHECKLISTS,
  ...OPERATIONS_CHECKLISTS.filter(({ key }) => key === 'internal-alignment'),
];
