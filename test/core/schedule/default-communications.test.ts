import { describe, expect, it } from 'vitest';
import { RELEASE_CONTEXTS } from '../../../src/core/release/release-context.ts';
import { appliesTo } from '../../../src/core/schedule/applies-to.ts';
import { DEFAULT_COMMUNICATIONS } from '../../../src/core/schedule/default-communications.ts';

/** What a release has that concerns nobody outside. */
const INTERNAL = DEFAULT_COMMUNICATIONS.filter((item) =>
  appliesTo(item, { stakeholders: 'internal-only', type: 'minor' }),
);

/** Days from go-live; what hangs on go-live itself or on an event is day 0. */
function dayOf(when: (typeof DEFAULT_COMMUNICATIONS)[number]['when']): string {
  return 'offset' in when ? when.offset : 'P0D';
}

describe('default communications of an internal release', () => {
  it('are those of S1 §3.3, three a day, without the readiness poll of T-7, and the closing of S1 §8.1', () => {
    const planned = INTERNAL.filter(
      ({ key, source }) => source.includes('§3.3') || key === 'release-closing',
    );
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
    const notices = INTERNAL.filter(({ when }) => 'event' in when && when.event === 'rolled-back');
    expect(notices.map(({ audience, corrects }) => [audience, corrects])).toEqual([
      ['support', undefined],
      ['executives', undefined],
      ['sales', undefined],
      ['allHands', 'success-confirmation'],
    ]);
    for (const { key, validIn, variants } of notices) {
      const lowered = key === 'success-correction' ? { 'rolling-out': `${key}-rolling-out` } : {};
      expect({ validIn, variants }, key).toEqual({ validIn: ['rolled-back'], variants: lowered });
    }
  });

  it('let success be said only when all traffic is there, on the same day to executives, sales and everyone', () => {
    const success = INTERNAL.filter(({ when }) => 'event' in when && when.event === 'rollout-completed');
    expect(success.map(({ audience }) => audience)).toEqual(['executives', 'sales', 'allHands']);
    for (const one of success) expect(one).toMatchObject({ kind: 'event', validIn: ['live'], variants: {} });
  });

  it('correct what was said of a success wherever it was said, once less than all traffic is recorded', () => {
    const corrected = INTERNAL.flatMap(({ corrects, validIn, variants }) => {
      const isTrueThen = validIn.includes('rolling-out') || variants['rolling-out'] !== undefined;
      return corrects !== undefined && isTrueThen ? [corrects] : [];
    });
    expect(corrected).toEqual(['success-executives', 'success-sales', 'success-confirmation']);
  });

  it('tell support when traffic starts, and sales what they can promise and when that changed', () => {
    const told = (audience: string) =>
      INTERNAL.filter((one) => one.audience === audience).map(({ key }) => key);
    expect(told('support')).toEqual([
      'customer-announcement',
      'rollout-started-support',
      'rollback-notice-support',
    ]);
    expect(told('sales')).toEqual([
      'sales-briefing',
      'success-sales',
      'rollback-notice-sales',
      'success-sales-correction',
    ]);
  });
});
