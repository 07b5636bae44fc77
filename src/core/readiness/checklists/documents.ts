import type { Checklist } from './checklist.ts';

const documents = 'S1 §8.2';
const sessions = 'S1 §8.3';

/** What is written and taught before a release that brings something new (S1 §8.2, §8.3). */
export const DOCUMENT_CHECKLISTS: readonly Checklist[] = [
  {
    key: 'documents',
    title: 'Documents',
    due: { offset: '-P3D' },
    types: ['major', 'minor'],
    items: [
      {
        key: 'api',
        title: 'API documentation has the new endpoints and changes',
        owner: 'engineering_lead',
        source: documents,
      },
      {
        key: 'architecture',
        title: 'Architecture diagrams show the new components',
        owner: 'engineering_lead',
        source: documents,
      },
      {
        key: 'deployment',
        title: 'Deployment guides have the new steps and settings',
        owner: 'devops_lead',
        source: documents,
      },
      {
        key: 'troubleshooting',
        title: 'Troubleshooting guides cover common problems',
        owner: 'devops_lead',
        source: documents,
      },
      {
        key: 'security',
        title: 'Security documentation has the current model and controls',
        owner: 'security_lead',
        source: documents,
      },
      {
        key: 'user-guide',
        title: 'The user guide covers new features and workflows',
        owner: 'product_owner',
        source: documents,
      },
      {
        key: 'faq',
        title: 'The FAQ answers the questions we expect',
        owner: 'support_lead',
        source: documents,
      },
      { key: 'videos', title: 'Videos show the new features', owner: 'product_owner', source: documents },
      {
        key: 'release-notes',
        title: 'Release notes list every change',
        owner: 'product_owner',
        source: documents,
      },
      {
        key: 'migration',
        title: 'The migration guide covers previous versions',
        owner: 'engineering_lead',
        source: documents,
      },
    ],
  },
  {
    key: 'technical-sessions',
    title: 'Knowledge transfer: technical team',
    due: { offset: '-P4D' },
    types: ['major', 'minor'],
    items: [
      {
        key: 'architecture',
        title: 'The team knows what changes in the architecture',
        owner: 'engineering_lead',
        source: sessions,
      },
      {
        key: 'monitoring',
        title: 'The team knows the new monitoring and alerts',
        owner: 'devops_lead',
        source: sessions,
      },
      {
        key: 'troubleshooting',
        title: 'The team has gone through troubleshooting',
        owner: 'devops_lead',
        source: sessions,
      },
      {
        key: 'performance',
        title: 'The team knows how to tune performance',
        owner: 'engineering_lead',
        source: sessions,
      },
      {
        key: 'security',
        title: 'The team knows what matters for security',
        owner: 'security_lead',
        source: sessions,
      },
    ],
  },
  {
    key: 'support-sessions',
    title: 'Knowledge transfer: support team',
    due: { offset: '-P4D' },
    types: ['major', 'minor'],
    items: [
      {
        key: 'features',
        title: 'Support knows how the new features work',
        owner: 'product_owner',
        source: sessions,
      },
      {
        key: 'issues',
        title: 'Support knows common problems and what helps',
        owner: 'support_lead',
        source: sessions,
      },
      { key: 'escalation', title: 'Support knows how to escalate', owner: 'support_lead', source: sessions },
      {
        key: 'scripts',
        title: 'Support has its answers for customers',
        owner: 'support_lead',
        source: sessions,
      },
      {
        key: 'tools',
        title: 'Support knows its internal tools and resources',
        owner: 'support_lead',
        source: sessions,
      },
    ],
  },
  {
    key: 'business-sessions',
    title: 'Knowledge transfer: business team',
    due: { offset: '-P4D' },
    types: ['major', 'minor'],
    stakeholders: ['customer-facing', 'enterprise', 'multi-tenant'],
    items: [
      {
        key: 'benefits',
        title: 'The team knows the benefits and the positioning',
        owner: 'product_owner',
        source: sessions,
      },
      {
        key: 'success-metrics',
        title: "The team knows how customers' success is measured",
        owner: 'product_owner',
        source: sessions,
      },
      { key: 'sales', title: 'Sales has its materials', owner: 'product_owner', source: sessions },
      {
        key: 'marketing',
        title: 'Marketing has coordinated its campaign',
        owner: 'product_owner',
        source: sessions,
      },
      {
        key: 'differentiation',
        title: 'The team knows what sets us apart from competitors',
        owner: 'product_owner',
        source: sessions,
      },
    ],
  },
];
