import type { DossierPart, Requirement } from './requirement.ts';

/** The fifteen kinds of record of S1 §10.3, in its order and its words. */
export const RECORDS: readonly Requirement[] = [
  ...group('Release Documentation', [
    ['Formal release approval records', ['records', 'decisions']],
    ['Technical design documents', []],
    ['Security review results', ['security']],
    ['Testing evidence and results', ['testing']],
    ['Deployment execution logs', ['operations']],
  ]),
  ...group('Change Documentation', [
    ['Change request submissions', ['lateChanges', 'changes']],
    ['Impact assessment documents', ['risk']],
    ['Approval workflow records', ['records', 'lateChanges', 'secondPerson', 'approvals']],
    ['Implementation evidence', ['operations', 'tasks', 'notes']],
    ['Rollback procedures validation', ['rollbacks']],
  ]),
  ...group('Compliance Documentation', [
    ['Regulatory requirement mapping', ['mapping']],
    ['Control implementation evidence', ['trail']],
    ['Testing and validation records', ['testing', 'gates', 'waivers']],
    ['Incident response documentation', ['incidents', 'rollbacks']],
    ['Continuous monitoring evidence', ['gates']],
  ]),
];

function group(name: string, entries: readonly [string, readonly DossierPart[]][]): Requirement[] {
  return entries.map(([title, shownBy]) => ({ title, group: name, source: 'S1 §10.3', shownBy }));
}
