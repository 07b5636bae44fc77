import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isWeekend } from '../../../../src/core/calendar/working-days.ts';
import { checklistsSchema } from '../../../../src/core/plan/checklists-schema.ts';
import type { Plan } from '../../../../src/core/plan/plan.ts';
import {
  RELEASE_TYPES,
  RISK_TOLERANCES,
  STAKEHOLDER_COMPLEXITIES,
} from '../../../../src/core/plan/planning-arguments.ts';
import { parsePlan } from '../../../../src/core/plan-file/parse-plan.ts';
import { deriveChecklists } from '../../../../src/core/readiness/checklists/derive-checklists.ts';

const read = parsePlan(readFileSync('examples/web-2.4.0.yaml', 'utf8'), { now: 0 });
if (!read.ok) throw new Error('the example plan is not one');
const { plan } = read;

const listsOf = (changes: Partial<Plan> = {}) =>
  deriveChecklists({ ...plan, ...changes }).map(({ key, items }) => [key, items.length] as const);
const withLists = (checklists: Parameters<typeof checklistsSchema.parse>[0]) => ({
  checklists: checklistsSchema.parse(checklists),
});

describe('the checklists of a plan', () => {
  it('are those for its type and its stakeholders', () => {
    expect(listsOf()).toEqual([
      ['infrastructure', 6],
      ['operations', 5],
      ['documents', 10],
      ['technical-sessions', 5],
      ['support-sessions', 5],
      ['technical-validation', 8],
      ['business-validation', 8],
      ['internal-alignment', 5],
    ]);
    expect(Object.fromEntries(listsOf({ stakeholders: 'enterprise' }))).toMatchObject({
      'business-sessions': 5,
      'customer-communication': 4,
      enterprise: 4,
      'change-advisory-board': 5,
      soc2: 5,
      gdpr: 5,
      standards: 2,
    });
    expect(listsOf({ type: 'hotfix' }).map(([key]) => key)).toEqual([
      'infrastructure',
      'operations',
      'technical-validation',
      'internal-alignment',
    ]);
  });

  it('ask for the standards of the data that the product handles', () => {
    const [list] = deriveChecklists({ ...plan, ...withLists({ regulated: ['payments'] }) }).filter(
      ({ key }) => key === 'standards',
    );
    expect(list?.items.map(({ key }) => key)).toEqual(['iso-27001', 'pci-dss', 'sector']);
  });

  it('need no maintenance window at zero downtime', () => {
    expect(listsOf({ riskTolerance: 'zero-downtime' })).toContainEqual(['operations', 4]);
  });

  it('are only what the plan includes where delivery is continuous', () => {
    const frequency = 'continuous' as const;
    expect(listsOf({ frequency })).toEqual([]);
    expect(listsOf({ frequency, ...withLists({ include: ['technical-validation'] }) })).toEqual([
      ['technical-validation', 8],
    ]);
  });

  it('follow what the plan changes, drops and adds', () => {
    const lists = deriveChecklists({
      ...plan,
      ...withLists({
        include: ['soc2'],
        change: {
          'technical-validation/cache': { title: 'Valkey responds', owner: 'qa_lead', offset: '-P1D' },
        },
        drop: ['documents', 'technical-validation/cdn'],
        lists: [{ key: 'stores', title: 'App stores', offset: '-P4D' }],
        add: [
          { checklist: 'stores', key: 'review', title: 'The review is over', owner: 'product_owner' },
          {
            checklist: 'technical-validation',
            key: 'balancer',
            title: 'The load balancer drains',
            owner: 'devops_lead',
            offset: '-P1D',
          },
        ],
      }),
    });
    const of = (key: string) => lists.find((list) => list.key === key)?.items ?? [];
    expect(lists.map(({ key }) => key)).not.toContain('documents');
    expect(lists.map(({ key }) => key)).toContain('soc2');
    expect(of('stores')).toEqual([
      {
        key: 'review',
        title: 'The review is over',
        owner: 'product_owner',
        dueOn: '2030-06-14',
        settledBy: 'people',
        origin: 'added',
      },
    ]);
    const technical = of('technical-validation');
    expect(technical.map(({ key }) => key)).not.toContain('cdn');
    expect(technical.find(({ key }) => key === 'cache')).toMatchObject({
      title: 'Valkey responds',
      owner: 'qa_lead',
      dueOn: '2030-06-17',
      origin: 'changed',
    });
    expect(technical.at(-1)).toMatchObject({ key: 'balancer', dueOn: '2030-06-17', origin: 'added' });
  });

  it('are validated on the working day before the decision is asked for', () => {
    // Go-live is on a Tuesday, the poll opens on Monday.
    const [item] = deriveChecklists(plan).find(({ key }) => key === 'technical-validation')?.items ?? [];
    expect(item?.dueOn).toBe('2030-06-14');
  });

  it('are due on working days, whatever the day of go-live', () => {
    const dates = fc.date({ min: new Date('2030-01-01'), max: new Date('2031-12-31'), noInvalidDate: true });
    fc.assert(
      fc.property(
        dates,
        fc.constantFrom(...RELEASE_TYPES.filter((type) => type !== 'hotfix')),
        fc.constantFrom(...STAKEHOLDER_COMPLEXITIES),
        fc.constantFrom(...RISK_TOLERANCES),
        (date, type, stakeholders, riskTolerance) => {
          const goLive = { ...plan.goLive, date: date.toISOString().slice(0, 10) };
          const lists = deriveChecklists({ ...plan, goLive, type, stakeholders, riskTolerance });
          for (const { dueOn } of lists.flatMap(({ items }) => items)) {
            expect(isWeekend(dueOn)).toBe(false);
            expect(dueOn < goLive.date).toBe(true);
          }
        },
      ),
    );
  });
});
