import { expect, it } from 'vitest';
import { createOutage } from '../../src/http/outage.ts';

it('an outage begins with the first word of it, and ends with the connection', () => {
  let now = 1_000;
  const outage = createOutage({ wall: () => now });
  expect(outage.since()).toBeNull();
  outage.note(false);
  now = 2_000;
  outage.note(false);
  expect(outage.since()).toBe(1_000);
  outage.note(true);
  expect(outage.since()).toBeNull();
  outage.note(false);
  expect(outage.since()).toBe(2_000);
});
