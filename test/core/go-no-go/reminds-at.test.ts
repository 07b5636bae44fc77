import { expect, it } from 'vitest';
import { remindsAt } from '../../../src/core/go-no-go/reminds-at.ts';

const hour = 3_600_000;

it.each([
  ['half-way to the backup, and an hour before the end', 24, 12, [6, 23]],
  ['at half-time and an hour before the end where no backup is asked', 24, null, [12, 23]],
  ['before three quarters of a short poll at the latest', 2, 1, [0.5, 1.5]],
])('reminds %s', (_, open, escalatesAt, reminders) => {
  const at = { openedAt: 0, closesAt: open * hour, escalatesAt: escalatesAt && escalatesAt * hour };
  expect(remindsAt(at)).toEqual(reminders.map((each) => each * hour));
});
