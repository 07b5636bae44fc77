/** What a dossier can show of a release; a requirement is met by some of these. */
export const DOSSIER_PARTS = {
  plan: 'Plan',
  risk: 'Risk',
  people: 'People and access',
  decisions: 'Decisions and votes',
  security: 'Decisions and votes',
  testing: 'Decisions and votes',
  records: 'Decision records',
  waivers: 'Waivers',
  lateChanges: 'Late changes',
  secondPerson: 'Requests for a second person',
  notes: 'Release notes',
  approvals: 'Approval of what customers read',
  messages: 'Messages',
  operations: 'Promotions and rollbacks',
  rollbacks: 'Promotions and rollbacks',
  tasks: 'Tasks',
  changes: 'Trail',
  refusals: 'Trail',
  gates: 'Trail',
  incidents: 'Trail',
  pruning: 'Trail',
  trail: 'Trail',
  mapping: 'Controls and records',
} as const;
export type DossierPart = keyof typeof DOSSIER_PARTS;

/** How many records of each part there are. */
export type PartCounts = Readonly<Record<DossierPart, number>>;

/** Something that an auditor asks for. */
export interface Requirement {
  title: string;
  /** The heading under which S1 has it. */
  group: string;
  source: 'S1 §10.2' | 'S1 §10.3';
  /** What of a release shows it. None: tminus keeps nothing of the kind. */
  shownBy: readonly DossierPart[];
}

/** How a requirement stands for one release. */
export type Standing =
  | { kind: 'shown'; records: number; sections: string[] }
  /** tminus would keep it, and there is nothing for this release. */
  | { kind: 'none-yet' }
  /** tminus keeps nothing of the kind. */
  | { kind: 'not-kept' };

export function standingOf({ shownBy }: Requirement, counts: PartCounts): Standing {
  if (shownBy.length === 0) return { kind: 'not-kept' };
  const there = shownBy.filter((part) => counts[part] > 0);
  if (there.length === 0) return { kind: 'none-yet' };
  const records = there.reduce((sum, part) => sum + counts[part], 0);
  return { kind: 'shown', records, sections: [...new Set(there.map((part) => DOSSIER_PARTS[part]))] };
}
