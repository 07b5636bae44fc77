import type { Checklist } from './checklist.ts';

const board = 'S1 §10.1';
const rules = 'S1 §10.2';

/** What the change advisory board decides by, and what standards ask for (S1 §10). Other plans may include them. */
export const GOVERNANCE_CHECKLISTS: readonly Checklist[] = [
  {
    key: 'change-advisory-board',
    title: 'Criteria of the change advisory board',
    due: 'before-decision',
    stakeholders: ['enterprise'],
    items: [
      {
        key: 'business-impact',
        title: 'The business impact is assessed',
        owner: 'product_owner',
        source: board,
      },
      {
        key: 'technical-risk',
        title: 'The technical risk is evaluated',
        owner: 'engineering_lead',
        source: board,
      },
      {
        key: 'security',
        title: 'What it means for security is reviewed',
        owner: 'security_lead',
        source: board,
      },
      {
        key: 'customer-impact',
        title: 'The impact on customers is analysed',
        owner: 'support_lead',
        source: board,
      },
      {
        key: 'resources',
        title: 'The resources it needs are available',
        owner: 'release_manager',
        source: board,
      },
    ],
  },
  {
    key: 'soc2',
    title: 'SOC 2',
    due: { offset: '-P7D' },
    stakeholders: ['enterprise'],
    items: [
      { key: 'access', title: 'Access control is documented', owner: 'security_lead', source: rules },
      {
        key: 'change',
        title: 'There is evidence of change management',
        owner: 'release_manager',
        source: rules,
      },
      {
        key: 'monitoring',
        title: 'Records of monitoring and alerts are kept',
        owner: 'devops_lead',
        source: rules,
      },
      {
        key: 'incidents',
        title: 'The response to incidents is documented',
        owner: 'devops_lead',
        source: rules,
      },
      { key: 'data', title: 'The protection of data is verified', owner: 'security_lead', source: rules },
    ],
  },
  {
    key: 'gdpr',
    title: 'GDPR',
    due: { offset: '-P7D' },
    stakeholders: ['enterprise'],
    items: [
      {
        key: 'impact',
        title: 'The impact of data processing is assessed',
        owner: 'security_lead',
        source: rules,
      },
      { key: 'design', title: 'Privacy by design is verified', owner: 'engineering_lead', source: rules },
      {
        key: 'retention',
        title: 'Data is kept no longer than the policy says',
        owner: 'security_lead',
        source: rules,
      },
      { key: 'consent', title: 'Consent management is validated', owner: 'product_owner', source: rules },
      { key: 'deletion', title: 'Personal data can be deleted', owner: 'engineering_lead', source: rules },
    ],
  },
  {
    key: 'standards',
    title: 'Industry standards',
    due: { offset: '-P7D' },
    stakeholders: ['enterprise'],
    items: [
      {
        key: 'iso-27001',
        title: 'ISO 27001 security controls are in place',
        owner: 'security_lead',
        source: rules,
      },
      {
        key: 'pci-dss',
        title: 'PCI DSS requirements are met',
        owner: 'security_lead',
        source: rules,
        data: 'payments',
      },
      {
        key: 'hipaa',
        title: 'HIPAA requirements are met',
        owner: 'security_lead',
        source: rules,
        data: 'health',
      },
      {
        key: 'financial',
        title: 'Financial regulations are met',
        owner: 'security_lead',
        source: rules,
        data: 'financial',
      },
      {
        key: 'sector',
        title: 'Requirements of the sector are met',
        owner: 'security_lead',
        source: rules,
      },
    ],
  },
];
