import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RELEASE_TYPES } from '../../../src/core/plan/planning-arguments.ts';
import { parsePlan } from '../../../src/core/plan-file/parse-plan.ts';
import { goLiveInstant } from '../../../src/core/schedule/resolve-schedule-time.ts';
import { ACTIVITY_OWNERS, ACTIVITY_TITLES } from '../../../src/core/tasks/activity-owners.ts';
import { deriveTasks } from '../../../src/core/tasks/derive-tasks.ts';
import { taskAfterChange } from '../../../src/core/tasks/task-after-change.ts';
import { defaultPhases } from '../../../src/core/timeline/phases.ts';

const read = parsePlan(readFileSync('examples/web-2.4.0.yaml', 'utf8'), { now: 0 });
if (!read.ok) throw new Error('the example plan is not one');
const { plan } = read;
const due = (changes: Partial<typeof plan> = {}) =>
  withoutChecklists(deriveTasks({ ...plan, ...changes })).map(({ key, owner, dueAt }) => [
    key,
    owner,
    new Date(dueAt).toISOString(),
  ]);

function withoutChecklists(tasks: ReturnType<typeof deriveTasks>) {
  return tasks.filter(({ kind }) => kind !== 'checklist');
}

describe('the tasks of a plan', () => {
  it('are its milestones, and the activities that somebody owns, by their due instants', () => {
    expect(due()).toEqual([
      ['planning-scope-features', 'product_owner', '2030-04-17T15:00:00.000Z'],
      ['planning-technical-design', 'engineering_lead', '2030-04-17T15:00:00.000Z'],
      ['planning-plan-resources', 'release_manager', '2030-04-17T15:00:00.000Z'],
      ['planning-confirm-the-timeline', 'release_manager', '2030-04-17T15:00:00.000Z'],
      ['milestone-feature-complete', 'engineering_lead', '2030-05-30T15:00:00.000Z'],
      ['milestone-code-freeze', 'release_manager', '2030-05-30T15:00:00.000Z'],
      ['milestone-security-review', 'security_lead', '2030-06-04T15:00:00.000Z'],
      ['testing-user-acceptance-tests', 'product_owner', '2030-06-12T15:00:00.000Z'],
      ['milestone-qa-sign-off', 'qa_lead', '2030-06-13T15:00:00.000Z'],
      ['milestone-performance-validation', 'devops_lead', '2030-06-13T15:00:00.000Z'],
      ['preparation-validate-the-deployment', 'devops_lead', '2030-06-17T15:00:00.000Z'],
      ['preparation-prepare-communication', 'support_lead', '2030-06-17T15:00:00.000Z'],
      ['preparation-approval-of-stakeholders', 'release_manager', '2030-06-17T15:00:00.000Z'],
      ['milestone-go-no-go-decision', 'release_manager', '2030-06-18T06:00:00.000Z'],
      ['milestone-production-deployment', 'devops_lead', '2030-06-18T08:00:00.000Z'],
      ['execution-validate', 'qa_lead', '2030-06-19T15:00:00.000Z'],
    ]);
  });

  it('are the items of its checklists, too, of which the vote settles some', () => {
    const items = deriveTasks(plan).filter(({ kind }) => kind === 'checklist');
    expect(items).toHaveLength(52);
    expect(items.find(({ key }) => key === 'checklist-technical-validation-cdn')).toEqual({
      key: 'checklist-technical-validation-cdn',
      kind: 'checklist',
      checklist: 'technical-validation',
      title: 'The CDN delivers in every region',
      criteria: [],
      owner: 'devops_lead',
      dueAt: Date.parse('2030-06-14T15:00:00Z'),
      settledBy: 'people',
    });
    expect(items.filter(({ settledBy }) => settledBy === 'decision').map(({ title }) => title)).toEqual([
      'The product owner approves',
      'Engineering signs off',
      'QA has validated the release',
      'DevOps approves',
    ]);
  });

  it('are due before go-live if they belong before it, in whatever zone and at whatever time', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...RELEASE_TYPES),
        fc.integer({ min: 0, max: 23 }),
        fc.constantFrom('UTC', 'Europe/Amsterdam', 'America/New_York', 'Pacific/Auckland'),
        (type, hour, zone) => {
          const goLive = { date: '2030-06-18', time: `${String(hour).padStart(2, '0')}:00`, zone };
          const changed = { ...plan, type, goLive };
          const at = goLiveInstant(changed);
          for (const { key, dueAt } of deriveTasks(changed)) {
            if (key.startsWith('execution-')) expect(dueAt).toBeGreaterThanOrEqual(at);
            else expect(dueAt).toBeLessThanOrEqual(at);
          }
        },
      ),
    );
  });

  it('leave out the phases of a continuous delivery, which have minutes', () => {
    const kinds = deriveTasks({ ...plan, frequency: 'continuous' }).map(({ kind }) => kind);
    expect(new Set(kinds)).toEqual(new Set(['milestone']));
  });

  it('fall to the release manager where the plan has nobody in a role', () => {
    const { support_lead: _, ...roles } = plan.roles;
    const tasks = deriveTasks({ ...plan, roles });
    expect(tasks.find(({ key }) => key === 'preparation-prepare-communication')?.owner).toBe(
      'release_manager',
    );
  });
});

describe('the owners of activities', () => {
  const known = RELEASE_TYPES.flatMap((type) =>
    defaultPhases({ type, rollout: { strategy: 'canary' }, timeline: {} }).flatMap(
      ({ activities }) => activities,
    ),
  );

  it.each(Object.keys(ACTIVITY_OWNERS))('are of an activity that there is: %s', (activity) => {
    expect(known).toContain(activity);
  });

  it('have titles only for activities with an owner', () => {
    expect(Object.keys(ACTIVITY_OWNERS)).toEqual(expect.arrayContaining(Object.keys(ACTIVITY_TITLES)));
  });
});

describe('a task after its plan has changed', () => {
  const instant = fc.integer({ min: 0, max: 100 });

  it('is as before once the plan is as before, whatever was in between', () => {
    fc.assert(
      fc.property(instant, instant, fc.array(fc.option(instant)), (addedAt, dueAt, between) => {
        const fresh = { state: 'open' as const, settledByName: null, reason: null, addedAt };
        const first = taskAfterChange(fresh, dueAt);
        let task = { ...fresh, ...first };
        for (const other of [...between, dueAt]) task = { ...task, ...taskAfterChange(task, other) };
        expect(task).toEqual({ ...fresh, ...first });
      }),
    );
  });

  it('stays as somebody has settled it', () => {
    fc.assert(
      fc.property(fc.option(instant), instant, (dueAt, addedAt) => {
        const settled = { state: 'done' as const, settledByName: 'Quinn', reason: null, addedAt };
        expect(taskAfterChange(settled, dueAt)).toEqual({ state: 'done', reason: null });
      }),
    );
  });
});
