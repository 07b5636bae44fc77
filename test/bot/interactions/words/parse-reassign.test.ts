import { expect, it } from 'vitest';
import { parseReassign } from '../../../../src/bot/interactions/words/parse-reassign.ts';

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
])('%s', (typed, expected) => {
  expect(parseReassign(typed)).toEqual(expected);
});
