import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parsePlan } from '../../../src/core/plan-file/parse-plan.ts';
import { planToYaml } from '../../../src/core/plan-file/plan-to-yaml.ts';
import { withGoLive } from '../../../src/core/plan-file/with-go-live.ts';
import { hasVisibleText } from '../../../src/lib/visible-text.ts';
import { examplePlan } from '../plan/example-plan.ts';

describe('planToYaml', () => {
  it('is read back to the same plan, whatever people typed', () => {
    const typed = fc.string({ unit: 'grapheme', minLength: 1 }).filter(hasVisibleText);
    const hostile = fc.constantFrom(
      '<!channel>',
      '@here',
      '```',
      '{{release.key}}',
      '2.40',
      'no',
      '- a\n- b',
      ': #',
      '"',
      "'",
      '\ta',
      '\u202Eabc',
    );
    fc.assert(
      fc.property(fc.oneof(typed, hostile), fc.array(fc.oneof(typed, hostile)), (summary, features) => {
        const plan = examplePlan({ summary, scope: { features } });
        expect(parsePlan(planToYaml(plan))).toEqual({ ok: true, plan, warnings: [] });
      }),
      { numRuns: 60 },
    );
  });

  it('writes the defaults out and leaves empty lists away', () => {
    const yaml = planToYaml(examplePlan());
    expect(yaml).toContain('release: "#release-deployment"');
    expect(yaml).toContain('soak: PT24H');
    expect(yaml).not.toContain('scope');
    expect(yaml).not.toContain('communications');
  });

  it('writes one channel of an audience by itself, and several as a list', () => {
    const plan = examplePlan({ channels: { support: ['#support', '#emea'] } });
    const yaml = planToYaml(plan);
    expect(yaml).toContain('support:\n    - "#support"\n    - "#emea"\n');
    expect(yaml).toContain('qa: "#qa"');
    expect(parsePlan(yaml)).toEqual({ ok: true, plan, warnings: [] });
  });

  it('keeps changed, dropped and added communications', () => {
    const plan = examplePlan({
      communications: {
        change: { 'on-call-briefing': { channel: '#on-call', time: '16:00' } },
        drop: ['metrics-analysis'],
        add: [
          {
            key: 'survey',
            title: 'Survey',
            offset: 'P3D',
            time: '09:00',
            audience: 'product',
            template: 'survey',
          },
        ],
      },
    });
    expect(parsePlan(planToYaml(plan))).toEqual({ ok: true, plan, warnings: [] });
  });
});

describe('withGoLive', () => {
  it('moves T-0 and nothing else', () => {
    const goLive = { date: '2031-01-02', time: '08:15', zone: 'America/New_York' };
    expect(withGoLive(examplePlan(), goLive)).toEqual({ ...examplePlan(), goLive });
  });

  it('throws on a date that is none', () => {
    expect(() => withGoLive(examplePlan(), { date: '2031-02-30', time: '08:15', zone: 'UTC' })).toThrow();
  });
});
