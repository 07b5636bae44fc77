import { DrizzleQueryError } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { redactSecrets } from '../../src/lib/redact-secrets.ts';

it('keeps secrets out of lines', () => {
  const line =
    'xoxb-12-ab xoxe.xoxp-1-abc xapp-1-A2-3 Bearer abc.def https://hooks.slack.com/commands/T1/2/3 wss://w.slack.com/link/?ticket=1&app_id=2 v0=';
  expect(redactSecrets(`${line}${'a'.repeat(64)}`)).not.toMatch(
    /12-ab|1-abc|A2|abc\.def|commands|ticket|aaaa/,
  );
});

it.each([
  ['redis://:battery-staple@redis:6379/1', 'redis://:[redacted]@redis:6379/1'],
  ['postgres://tminus:battery/staple@1@db:5432/tminus', 'postgres://tminus:[redacted]@db:5432/tminus'],
  [
    'postgres://db/tminus?user=u&password=staple&ssl=1',
    'postgres://db/tminus?user=u&password=[redacted]&ssl=1',
  ],
])('keeps the password out of %s', (address, shown) => {
  expect(redactSecrets(`No answer from "${address}", gave up`)).toBe(`No answer from "${shown}", gave up`);
});

it('keeps the values of a query that failed out of what it says, and out of its stack', () => {
  const error = new DrizzleQueryError(
    'select $1',
    ['customers', 'ann@example.com\nsecond line'],
    new Error(),
  );
  expect(redactSecrets(error.message)).toBe('Failed query: select $1\nparams: [redacted]');
  const stack = redactSecrets(error.stack ?? '');
  expect(stack).toMatch(/params: \[redacted\]\n {4}at /);
  expect(stack).not.toMatch(/ann@|second line/);
});

it.each([
  'at start (file:///app/node_modules/@slack/web-api/dist/errors.js:10:20)',
  'postgres://127.0.0.1:5432/tminus',
])('leaves %s as it is', (line) => {
  expect(redactSecrets(line)).toBe(line);
});
