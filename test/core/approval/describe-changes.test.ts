import { describe, expect, it } from 'vitest';
import { describeChanges } from '../../../src/core/approval/describe-changes.ts';
import type { Proposal } from '../../../src/core/approval/proposal.ts';
import { paragraph } from '../../../src/core/card/card.ts';

const zone = 'Europe/Amsterdam';
const usual = (...texts: string[]) => ({ summary: 'News', blocks: texts.map((one) => paragraph(one)) });
const approved: Proposal = {
  usual: usual('It goes live on 18 June at 10:00, if all is well with it.', 'Same.'),
  blocked: null,
  edited: null,
  addresses: ['#customers'],
  dueAt: Date.parse('2030-06-11T13:00:00Z'),
};

describe('what has changed since an approval', () => {
  it.each<[string, Partial<Proposal>, string[]]>([
    ['nothing', {}, []],
    [
      'the instant',
      { dueAt: Date.parse('2030-06-12T13:00:00Z') },
      ['It is due Wed 12 Jun 2030, 15:00 (Europe/Amsterdam), not Tue 11 Jun 2030, 15:00 (Europe/Amsterdam).'],
    ],
    ['the place', { addresses: ['#news'] }, ['It goes to #news, not to #customers.']],
    [
      'words of a line',
      { usual: usual('It goes live on 25 June at 10:00, if all is well with it.', 'Same.') },
      ['“… goes live on 18 June at 10:00, …” is now “… goes live on 25 June at 10:00, …”'],
    ],
    [
      'a line more',
      { usual: usual('It goes live on 18 June at 10:00, if all is well with it.', 'Same.', 'More.') },
      ['New: “More.”'],
    ],
    [
      'a line less',
      { usual: usual('It goes live on 18 June at 10:00, if all is well with it.') },
      ['Gone: “Same.”'],
    ],
    [
      'that nothing would go out',
      { usual: null, blocked: 'Not sent: the release was rolled back.' },
      [
        'Not sent: the release was rolled back.',
        'Gone: “It goes live on 18 June at 10:00, if all is well with it.”',
        'Gone: “Same.”',
      ],
    ],
  ])('is told: %s', (_, changes, told) => {
    expect(describeChanges(approved, { ...approved, ...changes }, zone)).toEqual(told);
  });

  it('says of an edited text that it was written for other facts', () => {
    const edited = { title: 'News', body: 'On 18 June.' };
    const before = { ...approved, edited };
    const now = {
      ...before,
      usual: usual('It goes live on 25 June at 10:00, if all is well with it.', 'Same.'),
    };
    expect(describeChanges(before, now, zone)).toEqual([
      "Your own text is unchanged. Check it, because the template's has changed: “… goes live on 18 June at 10:00, …” is now “… goes live on 25 June at 10:00, …”",
    ]);
  });

  it('quotes no more than a few lines', () => {
    const many = usual(...Array.from({ length: 9 }, (_, index) => `Line ${index}.`));
    const told = describeChanges(approved, { ...approved, usual: many }, zone);
    expect(told).toHaveLength(4);
    expect(told.at(-1)).toBe('More lines have changed, too.');
  });
});
