import { expect, it } from 'vitest';
import { isHttpsOrLocal } from '../../../src/lib/http/https-or-local.ts';

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
