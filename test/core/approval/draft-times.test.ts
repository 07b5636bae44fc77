import { describe, expect, it } from 'vitest';
import { asksOwnerAt, DRAFT_REMINDERS, remindersAt } from '../../../src/core/approval/draft-times.ts';
import { deriveSchedule } from '../../../src/core/schedule/derive-schedule.ts';
import { examplePlan } from '../plan/example-plan.ts';

const hour = 3_600_000;

function asked(key: string, draftsAt?: string) {
  const example = examplePlan();
  const plan = { ...example, communications: { ...example.communications, draftsAt } };
  const item = deriveSchedule(plan).find((one) => one.key === key);
  if (!item) throw new Error(`there is no item ${key}`);
  return { at: new Date(asksOwnerAt(plan, item)).toISOString(), reminders: remindersAt(plan, item), item };
}

describe('the owner of a draft is asked', () => {
  it.each([
    ['at T-14', 'customer-announcement', undefined, '2030-06-04T08:00:00.000Z'],
    ['three days before, when that is earlier', 'readiness-review', undefined, '2030-06-01T08:00:00.000Z'],
    ['when the plan says so', 'customer-announcement', '-P3W', '2030-05-28T08:00:00.000Z'],
    ['at T-14 of what waits for an event', 'success-confirmation', undefined, '2030-06-04T08:00:00.000Z'],
    ['at T-14 of what nobody expects', 'rollback-notice-support', undefined, '2030-06-04T08:00:00.000Z'],
  ])('%s', (_, key, draftsAt, at) => {
    expect(asked(key, draftsAt).at).toBe(at);
  });
});

describe('the reminders', () => {
  it('come 48, 24 and 4 hours before to the owner, then to the backup, then to the release manager', () => {
    expect(DRAFT_REMINDERS.map(({ to, beforeMs }) => `${to} ${beforeMs / hour}`)).toEqual([
      'owner 48',
      'owner 24',
      'owner 4',
      'backup 3',
      'release-manager 1',
    ]);
    const { reminders, item } = asked('customer-announcement');
    expect(reminders.map((at) => ((item.dueAt ?? 0) - at) / hour)).toEqual([48, 24, 4, 3, 1]);
  });

  it('have a reason each, and come in this order', () => {
    for (const { why } of DRAFT_REMINDERS) expect(why).not.toBe('');
    const { reminders } = asked('customer-announcement');
    expect([...reminders].sort((one, other) => one - other)).toEqual(reminders);
  });
});
