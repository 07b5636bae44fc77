import { describe, expect, it } from 'vitest';
import { done, refuse } from '../../../src/services/kernel/result.ts';

describe('a verb answer', () => {
  it('is JSON throughout, so that a repeat can be given the same', () => {
    const answers = [
      done({ releaseKey: 'web-2.4.0', roles: ['qa_lead'] }),
      refuse('not-permitted', "You can't.", { who: 'Rita', reasons: ['a', 'b'], releaseId: 'r' }),
    ];
    for (const answer of answers) expect(JSON.parse(JSON.stringify(answer))).toEqual(answer);
  });

  it('is either done or refused', () => {
    expect(done(1)).toEqual({ ok: true, value: 1 });
    expect(refuse('conflict', 'Try again.')).toEqual({
      ok: false,
      refusal: { code: 'conflict', message: 'Try again.' },
    });
  });
});
