import { expect, it } from 'vitest';
import { waitByRetryAfter } from '../../../src/lib/http/retry-after.ts';

const now = Date.UTC(2030, 5, 18, 8);
it.each([
  [null, 30_000],
  ['120', 120_000],
  ['0', 30_000],
  ['', 30_000],
  ['soon', 30_000],
  ['Tue, 18 Jun 2030 08:01:00 GMT', 60_000],
  ['Tue, 18 Jun 2030 07:00:00 GMT', 30_000],
  ['999999999', 24 * 60 * 60_000],
])('waits after "%s" for %s ms', (header, ms) => {
  expect(waitByRetryAfter(header, { now, otherwiseMs: 30_000 })).toBe(ms);
});
