import { describe, expect, it } from 'vitest';
import { CONTROLS } from '../../../src/core/dossier/controls.ts';
import { RECORDS } from '../../../src/core/dossier/records.ts';
import { DOSSIER_PARTS, type PartCounts, standingOf } from '../../../src/core/dossier/requirement.ts';

const none: PartCounts = Object.fromEntries(Object.keys(DOSSIER_PARTS).map((part) => [part, 0])) as Record<
  keyof typeof DOSSIER_PARTS,
  number
>;

describe('what auditors ask for', () => {
  it('is S1 §10.2 with three groups of five, and §10.3 with fifteen kinds of record', () => {
    for (const [source, table] of [
      ['S1 §10.2', CONTROLS],
      ['S1 §10.3', RECORDS],
    ] as const) {
      expect(table).toHaveLength(15);
      expect(new Set(table.map(({ title }) => title)).size).toBe(15);
      expect(new Set(table.map((one) => one.source))).toEqual(new Set([source]));
      const groups = [...new Set(table.map(({ group }) => group))];
      expect(groups.map((group) => table.filter((one) => one.group === group).length)).toEqual([5, 5, 5]);
    }
  });

  it('is said plainly where there is nothing', () => {
    const [approvals, designs] = RECORDS;
    if (!approvals || !designs) throw new Error('too few');
    expect(standingOf(approvals, none)).toEqual({ kind: 'none-yet' });
    expect(standingOf(designs, none)).toEqual({ kind: 'not-kept' });
    expect(standingOf(approvals, { ...none, decisions: 2 })).toEqual({
      kind: 'shown',
      records: 2,
      sections: ['Decisions and votes'],
    });
  });
});
