import { describe, expect, it } from 'vitest';
import type { DemoState } from '../../../sandbox/control-api.ts';
import { reduce } from '../../../sandbox/page/store/reduce.ts';
import { decisionStage } from '../../../sandbox/page/tour/decision-stage.ts';
import { hintOfChange, hints, isApproval, isVote, nextHint } from '../../../sandbox/page/tour/hints.ts';
import { message, openPage } from '../make.ts';

describe('hints', () => {
  it('go on with the step after the last one taken', () => {
    expect(nextHint([])?.id).toBe('jump');
    expect(nextHint(['vote'])?.id).toBe('decide');
    expect(nextHint(['promote', 'jump'])?.id).toBe('faulty');
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
    expect(hintOfChange(start, demo({ faulty: true }))).toBeUndefined();
    expect(hintOfChange(start, demo({ weight: 1 }))).toBe('promote');
    expect(hintOfChange(demo({ faulty: true }), demo({ weight: 1, faulty: true }))).toBe('faulty');
    expect(hintOfChange(demo({ weight: 10 }), demo({ weight: 10, faulty: true }))).toBe('faulty');
    expect(hintOfChange(demo({ weight: 10, faulty: true }), demo({ faulty: true }))).toBe('rollback');
  });

  it('are ticked off in the page by an event of the demo service, each once', () => {
    const event = { type: 'demo', demo: demo({ weight: 1 }) } as const;
    const once = reduce(openPage({ demo: demo() }), { type: 'event', event, receivedAt: 0 });
    const twice = reduce({ ...once, demo: demo() }, { type: 'event', event, receivedAt: 0 });
    expect([once.hintsDone, twice.hintsDone]).toEqual([['promote'], ['promote']]);
  });

  it('count a vote only when the ballot of the voter shows it', () => {
    const voting = openPage({ voting: 'URITA' });
    const changed = (channel: string) =>
      reduce(voting, {
        type: 'event',
        event: { type: 'message-changed', message: message('5.0', { channel, edits: 1 }) },
        receivedAt: 0,
      }).hintsDone;
    expect(changed('C1')).toEqual([]);
    expect(changed('D1')).toEqual(['vote']);
  });

  it.each([
    ['web-2.4.0: GO', true],
    ['✅ GO: Web shop 2.4.0 approved 6/6', true],
    ['web-2.4.0: NO-GO', false],
    ['Go or no-go for web-2.4.0', false],
    ['web-2.4.0: readiness check passed', false],
  ])('know whether "%s" announces an approval', (text, approval) => {
    expect(isApproval(message('1.0', { text }))).toBe(approval);
    expect(isApproval(message('1.0', { text, edits: 1 }))).toBe(false);
  });
});

function demo(over: Partial<DemoState> = {}): DemoState {
  const version = { version: '1', url: '', requests: 0, errors: 0 };
  return { stable: version, candidate: version, weight: 0, faulty: false, load: 300, ...over };
}

describe('the decision', () => {
  const poll = { atMs: 0, kind: 'poll', title: 'Go/no-go', place: '#release-deployment' };
  const elements = [{ type: 'button', action_id: 'vote-go' }];
  const cardWith = (text: string) => ({
    messages: { C1: [message('1.0', { text, blocks: [{ type: 'actions', elements }] })] },
  });
  const open = cardWith('Go or no-go? Web shop 2.4.0 · 1 of 6 voted');
  const voted = cardWith('Go or no-go? Web shop 2.4.0 · 6 of 6 voted');

  it.each([
    ['check-open', { ...open, agenda: [poll] }],
    ['ahead', { agenda: [poll] }],
    ['check-voted', { ...voted, agenda: [poll] }],
    ['open', open],
    ['open', cardWith('Go or no-go? Web shop 2.4.0 · 1 of 11 voted')],
    ['voted', voted],
    ['refused', {}],
  ])('is %s as votes and schedule show it', (stage, over) => {
    expect(decisionStage(openPage(over))).toBe(stage);
  });
});
