import type { RoleName } from '../plan/roles.ts';

/**
 * Who sees to the activities of a release's phases (S2 §1, where they have no owner; the roles are those of S1 §1.3).
 * Only what somebody can finish is here. What a phase consists of throughout, such as writing code, and what a critical
 * milestone stands for already, such as tests of security, is no task of its own; nor is what tminus does by itself, such
 * as notifying people.
 */
export const ACTIVITY_OWNERS: Readonly<Record<string, RoleName>> = {
  'finalise requirements': 'product_owner',
  'review the architecture': 'engineering_lead',
  'assess risks': 'release_manager',
  'allocate resources': 'release_manager',
  'align stakeholders': 'release_manager',
  'scope features': 'product_owner',
  'technical design': 'engineering_lead',
  'plan resources': 'release_manager',
  'confirm the timeline': 'release_manager',
  'analyse bugs': 'engineering_lead',
  'scope fixes': 'product_owner',
  'update documentation': 'engineering_lead',
  'user acceptance tests': 'product_owner',
  'targeted tests': 'qa_lead',
  'test deployment scripts': 'devops_lead',
  'validate the deployment': 'devops_lead',
  'validate the rollback': 'devops_lead',
  'set up monitoring': 'devops_lead',
  'prepare communication': 'support_lead',
  'final approval of stakeholders': 'release_manager',
  'approval of stakeholders': 'release_manager',
  'validate after deployment': 'qa_lead',
  validate: 'qa_lead',
  'finish documentation': 'engineering_lead',
};

/** How an activity is called as a task, where its words say too little outside its phase. */
export const ACTIVITY_TITLES: Readonly<Record<string, string>> = {
  'technical design': 'Finish the technical design',
  'update documentation': 'Update the documentation',
  'user acceptance tests': 'Finish the user acceptance tests',
  'targeted tests': 'Finish the targeted tests',
  'prepare communication': 'Prepare support for customer questions',
  'final approval of stakeholders': 'Get the final approval of the stakeholders',
  'approval of stakeholders': 'Get the approval of the stakeholders',
  'validate after deployment': 'Validate production after the deployment',
  validate: 'Validate production after the deployment',
  'finish documentation': 'Finish the documentation',
};
