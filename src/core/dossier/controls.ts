import type { DossierPart, Requirement } from './requirement.ts';

/** The controls of S1 §10.2, in its order and its words. */
export const CONTROLS: readonly Requirement[] = [
  ...group('SOC 2 Compliance', [
    ['Access control documentation', ['people', 'secondPerson', 'refusals']],
    ['Change management evidence', ['changes', 'lateChanges', 'decisions', 'records', 'operations']],
    ['Monitoring and alerting records', ['gates', 'incidents']],
    ['Incident response documentation', ['incidents', 'rollbacks']],
    ['Data protection verification', []],
  ]),
  ...group('GDPR Compliance', [
    ['Data processing impact assessment', []],
    ['Privacy by design verification', []],
    ['Data retention policy compliance', ['pruning']],
    ['Consent management validation', []],
    ['Right to deletion implementation', []],
  ]),
  ...group('Industry Standards', [
    ['ISO 27001 security controls', ['people', 'secondPerson', 'changes', 'trail']],
    ['PCI DSS (if payment processing)', []],
    ['HIPAA (if healthcare data)', []],
    ['Financial regulations (if fintech)', []],
    ['Sector-specific requirements', []],
  ]),
];

function group(name: string, entries: readonly [string, readonly DossierPart[]][]): Requirement[] {
  return entries.map(([title, shownBy]) => ({ title, group: name, source: 'S1 §10.2', shownBy }));
}
