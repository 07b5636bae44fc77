import { describe, expect, it } from 'vitest';
import type { DemoState } from '../../sandbox/control-api.ts';
import { hintOfChange, hints, isVote, nextHint } from '../../sandbox/page/hints.ts';
import { reduce } from '../../sandbox/page/store/reduce.ts';
import { openPage } from './make.ts';

describe('hints', () => {
  it('go on with the first step not done', () => {
    expect(nextHint([])?.id).toBe('act-as');
    expect(nextHint(['act-as', 'vote'])?.id).toBe('jump');
    expect(nextHint(hints.map(({ id }) => id))).toBeUndefined();
  });

  it.each([
    ['vote-go', true],
    ['go-no-go:vote', true],
    ['devotee', false],
    ['promote', false],
  ])('know whether %s is a vote', (name, vote) => {
    expect(isVote(name)).toBe(vote);
  });

  it('see what was done by what the traffic does', () => {
    const start = demo();
    expect(hintOfChange(start, start)).toBeUndefined();
    expect(hintOfChange(start, demo({ weight: 1 }))).toBe('promote');
    expect(hintOfChange(demo({ weight: 10 }), demo({ weight: 10, faulty: true }))).toBe('faulty');
    expect(hintOfChange(demo({ weight: 10, faulty: true }), demo({ faulty: true }))).toBe('rollback');
  });

  it('are ticked off in the page by an event of the demo service, each once', () => {
    const event = { type: 'demo', demo: demo({ weight: 1 }) } as const;
    const once = reduce(openPage({ demo: demo() }), { type: 'event', event, receivedAt: 0 });
    const twice = reduce({ ...once, demo: demo() }, { type: 'event', event, receivedAt: 0 });
    expect([once.hintsDone, twice.hintsDone]).toEqual([['promote'], ['promote']]);
  });
});

function demo(over: Partial<DemoState> = {}): DemoState {
  const version = { version: '1', url: '', requests: 0, errors: 0 };
  return { stable: version, candidate: version, weight: 0, faulty: false, load: 300, ...over };
}
