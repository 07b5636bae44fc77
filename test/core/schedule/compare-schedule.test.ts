import { describe, expect, it } from 'vitest';
import { compareSchedule, type StandingItem } from '../../../src/core/schedule/compare-schedule.ts';
import { deriveSchedule } from '../../../src/core/schedule/derive-schedule.ts';
import { examplePlan } from '../plan/example-plan.ts';

const before = deriveSchedule(examplePlan());
const later = deriveSchedule(movedTo('2030-06-25'));
const rowsOf = (state: StandingItem['state'], schedule = before): StandingItem[] =>
  schedule.map(({ key, dueAt }) => ({ key, state, dueAt }));
const longAgo = 0;

function movedTo(date: string) {
  const plan = examplePlan();
  return { ...plan, goLive: { ...plan.goLive, date } };
}

describe('compareSchedule', () => {
  it('finds nothing to do when nothing has changed', () => {
    expect(compareSchedule(rowsOf('planned'), before, longAgo)).toEqual({
      moved: [],
      past: [],
      expired: [],
      sent: [],
      dropped: [],
    });
  });

  it('moves what has an instant, and leaves what waits for an event', () => {
    const { moved } = compareSchedule(rowsOf('planned'), later, longAgo);
    expect(moved.map(({ row }) => row.key)).toEqual(
      before.filter(({ dueAt }) => dueAt !== null).map(({ key }) => key),
    );
    for (const { row, item } of moved) expect(item.dueAt).not.toBe(row.dueAt);
  });

  it('keeps apart what is past and what is of no use any more, and never a live card', () => {
    const { past, expired, moved } = compareSchedule(rowsOf('planned'), before, Date.parse('2040-01-01'));
    expect(moved).toEqual([]);
    expect(expired.map(({ item }) => item.kind)).toContain('poll');
    expect(past.every(({ item }) => item.kind === 'message')).toBe(true);
    expect(past.length).toBeGreaterThan(0);
  });

  it('leaves what was sent or withheld, whatever the new plan says', () => {
    const sent = compareSchedule(rowsOf('sent'), later, longAgo);
    expect(sent).toMatchObject({ moved: [], past: [], expired: [], dropped: [] });
    expect(sent.sent).toHaveLength(before.length);
    expect(compareSchedule(rowsOf('withheld'), [], longAgo)).toMatchObject({ sent: [], dropped: [] });
  });

  it.each(['planned', 'overdue'] as const)('drops what is %s and no longer of the plan', (state) => {
    expect(compareSchedule(rowsOf(state), [], longAgo).dropped).toHaveLength(before.length);
  });
});
