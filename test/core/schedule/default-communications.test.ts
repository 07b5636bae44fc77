import { describe, expect, it } from 'vitest';
import { RELEASE_CONTEXTS } from '../../../src/core/release/release-context.ts';
import { DEFAULT_COMMUNICATIONS } from '../../../src/core/schedule/default-communications.ts';

/** Days from go-live; what hangs on go-live itself or on an event is day 0. */
function dayOf(when: (typeof DEFAULT_COMMUNICATIONS)[number]['when']): string {
  return 'offset' in when ? when.offset : 'P0D';
}

describe('default communications', () => {
  it('are those of S1 §3.3, three a day, without the readiness poll of T-7, and the closing of S1 §8.1', () => {
    const planned = DEFAULT_COMMUNICATIONS.filter(({ validIn }) => String(validIn) !== 'rolled-back');
    const days = [...new Set(planned.map(({ when }) => dayOf(when)))];
    const titles = days.map((day) => [
      day,
      planned.flatMap(({ title, when }) => (dayOf(when) === day ? [title] : [])).sort(),
    ]);
    expect(titles).toEqual([
      ['-P14D', ['Customer communication draft', 'Release readiness review', 'Stakeholder notification']],
      ['-P7D', ['Customer announcement', 'Final testing status']],
      ['-P1D', ['Emergency contacts verification', 'Final deployment checklist', 'On-call team briefing']],
      ['P0D', ['Deployment kickoff', 'Real-time status', 'Success confirmation']],
      ['P1D', ['Lessons learned capture', 'Metrics analysis', 'Post-release review']],
      ['P7D', ['Closing of the release']],
    ]);
  });

  it('never say in one context two things, and say nothing for a draft', () => {
    for (const { key, validIn, variants } of DEFAULT_COMMUNICATIONS) {
      for (const context of RELEASE_CONTEXTS) {
        const texts = Number(validIn.includes(context)) + Number(variants[context] !== undefined);
        expect(texts, `${key} ${context}`).toBeLessThanOrEqual(context === 'draft' ? 0 : 1);
      }
    }
  });

  it('tell of a rollback those who were told of the release, and only then', () => {
    const notices = DEFAULT_COMMUNICATIONS.filter(
      ({ when }) => 'event' in when && when.event === 'rolled-back',
    );
    expect(notices.map(({ audience, corrects }) => [audience, corrects])).toEqual([
      ['support', undefined],
      ['executives', undefined],
      ['allHands', 'success-confirmation'],
    ]);
    for (const { key, validIn, variants } of notices) {
      const lowered = key === 'success-correction' ? { 'rolling-out': `${key}-rolling-out` } : {};
      expect({ validIn, variants }, key).toEqual({ validIn: ['rolled-back'], variants: lowered });
    }
  });

  it('let success be said only when all traffic is there', () => {
    const success = DEFAULT_COMMUNICATIONS.find(({ key }) => key === 'success-confirmation');
    expect(success).toMatchObject({ kind: 'event', validIn: ['live'], variants: {} });
  });
});
