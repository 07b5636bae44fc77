import { describe, expect, it } from 'vitest';
import { parseRollback } from '../../../../src/bot/interactions/words/parse-rollback.ts';

describe('parseRollback', () => {
  it.each([
    ['', [], ''],
    ['checkout  fails!', [], 'checkout  fails!'],
    ['web', [], 'web'],
    ['p95-latency', [['p95-latency', '']], 'p95-latency'],
    ['p95-latency doubled', [['p95-latency', 'doubled']], 'p95-latency doubled'],
    ['WEB-2.4.0 Checkout fails.', [['web-2.4.0', 'Checkout fails.']], 'WEB-2.4.0 Checkout fails.'],
    [
      'p95-latency doubled in web-2.4.0',
      [
        ['p95-latency', 'doubled in web-2.4.0'],
        ['web-2.4.0', 'p95-latency doubled in'],
      ],
      'p95-latency doubled in web-2.4.0',
    ],
    ['web-9.9.9 fails', [['web-9.9.9', 'fails']], 'web-9.9.9 fails'],
  ])('leaves %j to the releases that there are', (typed, candidates, reason) => {
    const read = parseRollback(typed);
    expect(read.candidates.map((candidate) => [candidate.releaseKey, candidate.reason])).toEqual(candidates);
    expect(read.otherwise).toEqual({ releaseKey: null, reason });
  });

  it.each(['web-9.9.9', 'WEB-2.4', '`web-shop-10.0.1`.'])('takes %s alone for nothing but a key', (typed) => {
    const [candidate] = parseRollback(typed).candidates;
    expect(parseRollback(typed).otherwise).toEqual(candidate);
    expect(candidate?.reason).toBe('');
  });

  it('looks up few words of a long text', () => {
    const words = Array.from({ length: 300 }, (_, index) => `word-${index}`).join(' ');
    expect(parseRollback(words).candidates).toHaveLength(5);
  });
});
