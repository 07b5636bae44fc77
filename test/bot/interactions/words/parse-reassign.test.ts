import { expect, it } from 'vitest';
import { parseReassign } from '../../../../src/bot/interactions/words/parse-reassign.ts';
import { lineText } from '../../../../src/core/card/line.ts';

it.each([
  ['', { releaseKey: null, role: null, email: null }],
  ['web-2.4.0', { releaseKey: 'web-2.4.0', role: null, email: null }],
  ['web-2.4.0 QA Lead', { releaseKey: 'web-2.4.0', role: 'qa_lead', email: null }],
  ['qa_lead Tom.R@example.com', { releaseKey: null, role: 'qa_lead', email: 'tom.r@example.com' }],
  [
    'web-2.4.0 release manager <mailto:a@b.org|a@b.org>',
    { releaseKey: 'web-2.4.0', role: 'release_manager', email: 'a@b.org' },
  ],
  ['Web-2.4.0 to security', { releaseKey: 'web-2.4.0', role: 'security_lead', email: null }],
  ['web-summer QA', { releaseKey: 'web-summer', role: 'qa_lead', email: null }],
  ['qa-lead web-summer', { releaseKey: 'web-summer', role: 'qa_lead', email: null }],
  ['the QA Lead of web-2.4.0 to <a@b.org>', { releaseKey: 'web-2.4.0', role: 'qa_lead', email: 'a@b.org' }],
])('%s', (typed, expected) => {
  expect(parseReassign(typed)).toEqual({ ok: true, ...expected });
});

it.each([
  ['web QA Lead tom@example.com', 'web'],
  ['web-2.4.0 QA Lead Tom', 'Tom'],
  ['web-2.4.0 web-2.5.0 QA Lead', 'web-2.5.0'],
  ['web-2.4.0 QA Lead DevOps Lead tom@example.com', 'DevOps'],
  ['web-2.4.0 QA tom@example.com eve@example.com', 'eve@example.com'],
  ['web-2.4.0 QA <@U0TOM|tom>', '<@U0TOM|tom>'],
])('%s: does not guess what is meant by %s', (typed, unknown) => {
  const parsed = parseReassign(typed);
  expect(parsed.ok ? null : lineText(parsed.message)).toBe(`I don't understand "${unknown}".`);
});

it.each(['a', 'a@', '@', 'a.', '@.', '<mailto:', '-'])('takes no time for a million of %j', (part) => {
  // What looks at everything again from each place would not be done within the test's time.
  const parsed = parseReassign(part.repeat(1_000_000));
  expect(parsed.ok ? '' : lineText(parsed.message)).toMatch(/^.{0,150}$/);
});

it('takes no word for an address that is longer than one may be', () => {
  const address = (length: number) => `${'a'.repeat(length - '@example.com'.length)}@example.com`;
  expect(parseReassign(`QA ${address(254)}`)).toMatchObject({ ok: true, email: address(254) });
  expect(parseReassign(`QA ${address(255)}`).ok).toBe(false);
});
