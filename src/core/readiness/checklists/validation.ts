import type { Checklist } from './checklist.ts';

const source = 'S1 §5.2';

/** What people look at themselves before the decision (S1 §5.2). A hotfix is checked for what it touches. */
export const VALIDATION_CHECKLISTS: readonly Checklist[] = [
  {
    key: 'technical-validation',
    title: 'Technical validation',
    due: 'before-decision',
    items: [
      { key: 'smoke-tests', title: 'Smoke tests pass', owner: 'qa_lead', source },
      { key: 'integrations', title: 'All external services respond', owner: 'qa_lead', source },
      {
        key: 'database',
        title: 'Database connections are stable and queries fast',
        owner: 'devops_lead',
        source,
      },
      { key: 'cache', title: 'The cache responds normally', owner: 'devops_lead', source },
      { key: 'cdn', title: 'The CDN delivers in every region', owner: 'devops_lead', source },
      { key: 'certificates', title: 'TLS certificates are valid and in place', owner: 'devops_lead', source },
      { key: 'monitoring', title: 'All dashboards are active and green', owner: 'devops_lead', source },
      { key: 'alerting', title: 'Test alerts reach the people on call', owner: 'devops_lead', source },
    ],
  },
  {
    key: 'business-validation',
    title: 'Business validation',
    due: 'before-decision',
    types: ['major', 'minor', 'patch', 'feature-flag'],
    items: [
      { key: 'features', title: 'New features work as intended', owner: 'product_owner', source },
      { key: 'workflows', title: 'Critical user journeys are tested end to end', owner: 'qa_lead', source },
      { key: 'payments', title: 'Payments go through', owner: 'qa_lead', source },
      { key: 'email', title: 'Notifications and confirmations are sent', owner: 'qa_lead', source },
      { key: 'analytics', title: 'Events and metrics are collected', owner: 'product_owner', source },
      { key: 'experiments', title: 'A/B tests are set up correctly', owner: 'product_owner', source },
      { key: 'content', title: 'CMS and static content is up to date', owner: 'product_owner', source },
      { key: 'support', title: "Support's knowledge base is up to date", owner: 'support_lead', source },
    ],
  },
];
