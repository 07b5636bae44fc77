import type { RegulatedData } from '../../plan/checklists-schema.ts';
import type { ReleaseType, RiskTolerance, StakeholderComplexity } from '../../plan/planning-arguments.ts';
import type { RoleName } from '../../plan/roles.ts';

/** Something that a person checks before a release, and says so. */
export interface ChecklistItem {
  /** Unique in its checklist. */
  key: string;
  /** What is so once it is ticked. */
  title: string;
  owner: RoleName;
  source: string;
  /** The vote settles it, so nobody ticks it. */
  settledBy?: 'decision';
  /** Only where the product handles such data. */
  data?: RegulatedData;
  /** Not at this risk tolerance. */
  notAt?: RiskTolerance;
}

/**
 * By when its items have to be settled: some days from go-live, or on the day before the decision is asked for, so that
 * the voters see them.
 */
export type ChecklistDue = { offset: string } | 'before-decision';

export interface Checklist {
  key: string;
  title: string;
  due: ChecklistDue;
  /** Only for these types of release; without it, for all. */
  types?: readonly ReleaseType[];
  /** Only for these stakeholders; without it, for all. */
  stakeholders?: readonly StakeholderComplexity[];
  items: readonly ChecklistItem[];
}
