import type { RoleName } from '../plan/roles.ts';

/** What somebody does after a rollback. */
export interface RollbackTask {
  key: string;
  title: string;
  owner: RoleName;
  /** By when, from the confirmed rollback on; ISO 8601. */
  within: 'PT30M' | 'PT4H' | 'PT24H';
}

/** S1 §6.3, its three lists on their clocks. The owners are ours: the source names none. */
export const ROLLBACK_TASKS: readonly RollbackTask[] = [
  { key: 'stability', title: 'The system is stable', owner: 'devops_lead', within: 'PT30M' },
  { key: 'metrics', title: 'All critical metrics are checked', owner: 'devops_lead', within: 'PT30M' },
  { key: 'functions', title: 'What users see works', owner: 'qa_lead', within: 'PT30M' },
  { key: 'executives', title: 'Executives have been told', owner: 'release_manager', within: 'PT30M' },
  { key: 'status-page', title: 'The status page is up to date', owner: 'support_lead', within: 'PT30M' },
  {
    key: 'incident-meeting',
    title: 'The incident response team has met',
    owner: 'engineering_lead',
    within: 'PT4H',
  },
  { key: 'root-cause', title: 'The root cause is written down', owner: 'engineering_lead', within: 'PT4H' },
  { key: 'fix-plan', title: 'There is a plan for the fix', owner: 'engineering_lead', within: 'PT4H' },
  { key: 'customers', title: 'Customers have been told', owner: 'product_owner', within: 'PT4H' },
  {
    key: 'stakeholders',
    title: 'Internal stakeholders know how it stands',
    owner: 'release_manager',
    within: 'PT4H',
  },
  { key: 'post-mortem', title: 'The post-mortem is complete', owner: 'engineering_lead', within: 'PT24H' },
  {
    key: 'prevention',
    title: 'Measures keep it from happening again',
    owner: 'engineering_lead',
    within: 'PT24H',
  },
  { key: 'procedures', title: 'Deployment procedures are up to date', owner: 'devops_lead', within: 'PT24H' },
  { key: 'monitoring', title: 'Monitoring is reviewed and improved', owner: 'devops_lead', within: 'PT24H' },
  {
    key: 'lessons',
    title: 'Lessons learned have a date, and this rollback is on the agenda of the retrospective',
    owner: 'release_manager',
    within: 'PT24H',
  },
];
