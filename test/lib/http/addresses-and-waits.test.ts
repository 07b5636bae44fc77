import { expect, it } from 'vitest';
import { isHttpsOrLocal } from '../../../src/lib/http/https-or-local.ts';
import { waitByRetryAfter } from '../../../src/lib/http/retry-after.ts';

it.each([
  ['https://example.com/hook', true],
  ['http://127.0.0.1:3000', true],
  ['http://[::1]:3000', true],
  ['http://localhost', true],
  ['http://example.com', false],
  ['http://localhost.example.com', false],
  ['https://user:password@example.com', false],
  ['https://user@example.com', false],
  ['ftp://example.com', false],
  ['example.com', false],
])('may %s be asked: %s', (address, allowed) => {
  expect(isHttpsOrLocal(address)).toBe(allowed);
});

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
