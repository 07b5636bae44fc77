import { describe, expect, it } from 'vitest';
import { DEFAULT_CHECKLISTS } from '../../../../src/core/readiness/checklists/default-checklists.ts';

/** The items of the documents that the project was created from, by the words that they have there. */
const seeds: Record<string, Record<string, Record<string, string>>> = {
  'S1 §5.2': {
    'technical-validation': {
      'Smoke Tests Passed': 'smoke-tests',
      'Integration Tests': 'integrations',
      'Database Health': 'database',
      'Cache Performance': 'cache',
      'CDN Status': 'cdn',
      'SSL Certificates': 'certificates',
      'Monitoring Active': 'monitoring',
      'Alerting Functional': 'alerting',
    },
    'business-validation': {
      'Feature Functionality': 'features',
      'User Workflows': 'workflows',
      'Payment Processing': 'payments',
      'Email Systems': 'email',
      'Analytics Tracking': 'analytics',
      'A/B Tests': 'experiments',
      'Content Updates': 'content',
      'Customer Support': 'support',
    },
  },
  'S1 §8.2': {
    documents: {
      'API Documentation': 'api',
      'Architecture Diagrams': 'architecture',
      'Deployment Guides': 'deployment',
      'Troubleshooting Guides': 'troubleshooting',
      'Security Documentation': 'security',
      'User Guide': 'user-guide',
      'FAQ Updates': 'faq',
      'Video Tutorials': 'videos',
      'Release Notes': 'release-notes',
      'Migration Guide': 'migration',
    },
  },
  'S1 §8.3': {
    'technical-sessions': {
      'Architecture changes overview': 'architecture',
      'New monitoring and alerting setup': 'monitoring',
      'Troubleshooting procedures': 'troubleshooting',
      'Performance optimization techniques': 'performance',
      'Security considerations': 'security',
    },
    'support-sessions': {
      'New feature functionality': 'features',
      'Common user issues and resolutions': 'issues',
      'Escalation procedures': 'escalation',
      'Customer communication scripts': 'scripts',
      'Internal tools and resources': 'tools',
    },
    'business-sessions': {
      'Feature benefits and positioning': 'benefits',
      'Customer success metrics': 'success-metrics',
      'Sales enablement materials': 'sales',
      'Marketing campaign coordination': 'marketing',
      'Competitive differentiation points': 'differentiation',
    },
  },
  'S2 §1': {
    infrastructure: {
      environment_parity: 'parity',
      deployment_automation: 'automation',
      monitoring_instrumentation: 'instrumentation',
      alerting_configuration: 'alerts',
      backup_procedures: 'backups',
      rollback_mechanism: 'rollback',
    },
    operations: {
      runbook_documentation: 'runbooks',
      support_team_training: 'support-training',
      incident_response_plan: 'incident-plan',
      communication_plan: 'communication-plan',
      maintenance_window_scheduled: 'maintenance-window',
    },
    'customer-communication': {
      release_notes: 'release-notes',
      feature_announcements: 'announcements',
      support_documentation: 'support-docs',
      training_materials: 'training',
    },
    enterprise: {
      compliance_validation: 'compliance',
      security_assessment: 'security',
      change_management_approval: 'change-approval',
      business_stakeholder_signoff: 'sponsor',
    },
    'internal-alignment': {
      product_owner_approval: 'product',
      engineering_signoff: 'engineering',
      qa_validation: 'qa',
      devops_approval: 'devops',
      support_team_readiness: 'support',
    },
  },
  'S1 §10.1': {
    'change-advisory-board': {
      'Business impact assessment': 'business-impact',
      'Technical risk evaluation': 'technical-risk',
      'Security implications review': 'security',
      'Customer impact analysis': 'customer-impact',
      'Resource requirement validation': 'resources',
    },
  },
  'S1 §10.2': {
    soc2: {
      'Access control documentation': 'access',
      'Change management evidence': 'change',
      'Monitoring and alerting records': 'monitoring',
      'Incident response documentation': 'incidents',
      'Data protection verification': 'data',
    },
    gdpr: {
      'Data processing impact assessment': 'impact',
      'Privacy by design verification': 'design',
      'Data retention policy compliance': 'retention',
      'Consent management validation': 'consent',
      'Right to deletion implementation': 'deletion',
    },
    standards: {
      'ISO 27001 security controls': 'iso-27001',
      'PCI DSS (if payment processing)': 'pci-dss',
      'HIPAA (if healthcare data)': 'hipaa',
      'Financial regulations (if fintech)': 'financial',
      'Sector-specific requirements': 'sector',
    },
  },
};

describe('the default checklists', () => {
  it('have the items of the documents they come from, all of them and no other', () => {
    const expected = Object.entries(seeds).flatMap(([source, lists]) =>
      Object.entries(lists).flatMap(([list, items]) =>
        Object.values(items).map((item) => `${source} ${list}/${item}`),
      ),
    );
    const actual = DEFAULT_CHECKLISTS.flatMap(({ key, items }) =>
      items.map((item) => `${item.source} ${key}/${item.key}`),
    );
    expect(actual.sort()).toEqual(expected.sort());
  });

  it('ask for PCI DSS, HIPAA and financial regulations only with an “if”', () => {
    const items = DEFAULT_CHECKLISTS.flatMap((list) => list.items);
    const conditional = items.filter(({ data }) => data !== undefined).map(({ key, data }) => [key, data]);
    expect(conditional).toEqual([
      ['pci-dss', 'payments'],
      ['hipaa', 'health'],
      ['financial', 'financial'],
    ]);
  });

  it.each(DEFAULT_CHECKLISTS.map((list) => [list.key, list] as const))(
    'fit into one message: %s',
    (_, list) => {
      expect(list.items.length).toBeLessThanOrEqual(10);
      for (const { title } of list.items) expect(title.length).toBeLessThanOrEqual(75);
    },
  );
});
