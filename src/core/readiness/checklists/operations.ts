import type { Checklist } from './checklist.ts';

const source = 'S2 §1';

/**
 * Infrastructure, operations and stakeholders (S2 §1). What the leads say by their vote is not asked of them twice. S2
 * names customers for customer-facing releases; those of several tenants, and of enterprises, have customers, too.
 */
export const OPERATIONS_CHECKLISTS: readonly Checklist[] = [
  {
    key: 'infrastructure',
    title: 'Infrastructure readiness',
    due: { offset: '-P5D' },
    items: [
      { key: 'parity', title: 'Staging is like production', owner: 'devops_lead', source },
      { key: 'automation', title: 'Deployment is fully automated', owner: 'devops_lead', source },
      { key: 'instrumentation', title: 'Everything that matters is monitored', owner: 'devops_lead', source },
      { key: 'alerts', title: 'Alerts are set up and validated', owner: 'devops_lead', source },
      { key: 'backups', title: 'Backups are tested and verified', owner: 'devops_lead', source },
      { key: 'rollback', title: 'Rollback is automated and tested', owner: 'devops_lead', source },
    ],
  },
  {
    key: 'operations',
    title: 'Operational readiness',
    due: { offset: '-P5D' },
    items: [
      { key: 'runbooks', title: 'Runbooks are current and complete', owner: 'devops_lead', source },
      { key: 'support-training', title: 'The support team is trained', owner: 'support_lead', source },
      {
        key: 'incident-plan',
        title: 'The incident response plan is up to date',
        owner: 'devops_lead',
        source,
      },
      {
        key: 'communication-plan',
        title: 'Stakeholders approve the communication plan',
        owner: 'release_manager',
        source,
      },
      {
        key: 'maintenance-window',
        title: 'The maintenance window is scheduled and announced',
        owner: 'release_manager',
        source,
        notAt: 'zero-downtime',
      },
    ],
  },
  {
    key: 'customer-communication',
    title: 'Customer communication',
    due: { offset: '-P3D' },
    stakeholders: ['customer-facing', 'enterprise', 'multi-tenant'],
    items: [
      {
        key: 'release-notes',
        title: 'Release notes are reviewed and published',
        owner: 'product_owner',
        source,
      },
      { key: 'announcements', title: 'Announcements are scheduled', owner: 'release_manager', source },
      { key: 'support-docs', title: 'Support documentation is up to date', owner: 'support_lead', source },
      { key: 'training', title: 'Training materials are available', owner: 'support_lead', source },
    ],
  },
  {
    key: 'enterprise',
    title: 'Enterprise requirements',
    due: { offset: '-P5D' },
    stakeholders: ['enterprise'],
    items: [
      { key: 'compliance', title: 'Compliance is validated', owner: 'security_lead', source },
      { key: 'security', title: 'The security assessment is approved', owner: 'security_lead', source },
      { key: 'change-approval', title: 'Change management has approved', owner: 'release_manager', source },
      {
        key: 'sponsor',
        title: "The business stakeholders' sign-off is documented",
        owner: 'release_manager',
        source,
      },
    ],
  },
  {
    key: 'internal-alignment',
    title: 'Internal alignment',
    due: 'before-decision',
    items: [
      {
        key: 'product',
        title: 'The product owner approves',
        owner: 'product_owner',
        source,
        settledBy: 'decision',
      },
      {
        key: 'engineering',
        title: 'Engineering signs off',
        owner: 'engineering_lead',
        source,
        settledBy: 'decision',
      },
      { key: 'qa', title: 'QA has validated the release', owner: 'qa_lead', source, settledBy: 'decision' },
      { key: 'devops', title: 'DevOps approves', owner: 'devops_lead', source, settledBy: 'decision' },
      { key: 'support', title: 'The support team is ready', owner: 'support_lead', source },
    ],
  },
];
