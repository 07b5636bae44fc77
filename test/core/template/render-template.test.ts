import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PlanInput } from '../../../src/core/plan/plan.ts';
import { cardText } from '../../../src/core/template/card-text.ts';
import { MAX_VALUE_LENGTH } from '../../../src/core/template/literal-value.ts';
import { loadTemplate } from '../../../src/core/template/load-template.ts';
import { messageFacts } from '../../../src/core/template/message-facts.ts';
import type { ReleaseFacts } from '../../../src/core/template/release-facts.ts';
import { MAX_CARD_LENGTH, renderTemplate } from '../../../src/core/template/render-template.ts';
import type { Template } from '../../../src/core/template/template.ts';
import { hasVisibleText } from '../../../src/lib/visible-text.ts';
import { examplePlan } from '../plan/example-plan.ts';

const planned: ReleaseFacts = { state: 'in_planning', trafficPercent: null, now: Date.UTC(2030, 5, 4, 8) };

function read(markdown: string): Template {
  const reading = loadTemplate('test', markdown);
  if (!reading.ok) throw new Error(JSON.stringify(reading.problems));
  return reading.template;
}

function render(markdown: string, changes: Partial<PlanInput> = {}, facts: ReleaseFacts = planned) {
  return renderTemplate(read(markdown), messageFacts(examplePlan(changes), facts));
}

const HOSTILE = [
  '<!channel> @here <@U123>',
  '```\n{{release.key}}\n```',
  '# heading\n\n- list\n\n> quote',
  '**bold** _it_ `code` [x](javascript:alert(1)) <b>',
  '{{#if decision.outcome}}',
  '&lt;&amp;',
  'שלום عليكم',
  '👩‍👩‍👧‍👦'.repeat(300),
];

describe('renderTemplate', () => {
  it('takes header and summary from the first heading', () => {
    const card = render('# **{{release.key}}** goes live {{goLive.at}}\n\nHello {{roles.qa_lead}}.');
    expect(card).toEqual({
      summary: 'web-2.4.0 goes live Tue 18 Jun 2030, 10:00 (Europe/Amsterdam)',
      blocks: [
        { type: 'header', text: 'web-2.4.0 goes live Tue 18 Jun 2030, 10:00 (Europe/Amsterdam)' },
        {
          type: 'paragraph',
          content: [
            { type: 'text', text: 'Hello ' },
            { type: 'text', text: 'Quinn Abara' },
            { type: 'text', text: '.' },
          ],
        },
      ],
    });
  });

  it('shows of a line of links those that the plan has, and nothing without any', () => {
    const markdown = '# a\n\n{{links.dashboard}} · {{links.build}} · {{links.notes}}';
    const links = { notes: 'https://shop.example.com/new', dashboard: 'https://grafana.example.com/d/web' };
    expect(render(markdown, { links }).blocks.slice(1)).toEqual([
      {
        type: 'links',
        links: [
          { label: 'Dashboard', url: 'https://grafana.example.com/d/web' },
          { label: 'Release notes', url: 'https://shop.example.com/new' },
        ],
      },
    ]);
    expect(cardText(render(markdown))).toBe('a');
  });

  it('shows sections by what is known', () => {
    const markdown =
      '# a\n\n{{#if decision.outcome}}\n\nIt is {{decision.outcome}}.\n\n{{/if}}\n\n{{#unless decision.outcome}}\n\nNot known.\n\n{{/unless}}';
    expect(cardText(render(markdown))).toBe('a\n\nNot known.');
    const decision = { outcome: 'no_go' as const, at: Date.UTC(2030, 5, 18, 6) };
    expect(cardText(render(markdown, {}, { ...planned, decision }))).toBe(
      'a\n\nIt is no-go, Tue 18 Jun 2030, 08:00 (Europe/Amsterdam).',
    );
  });

  it('repeats an item for each entry, drops it without entries, and says how many more there are', () => {
    const markdown = '# a\n\n- {{scope.features}}\n\nend';
    const features = (count: number) => ({
      scope: { features: Array.from({ length: count }, (_, at) => `f${at}`) },
    });
    expect(cardText(render(markdown, features(2)))).toBe('a\n\n- f0\n- f1\n\nend');
    expect(cardText(render(markdown, features(0)))).toBe('a\n\nend');
    expect(cardText(render(markdown, features(25)))).toContain('- f19\n- … and 5 more');
  });

  it.each(HOSTILE)('shows %j as text, in one inline, whatever it looks like', (value) => {
    const card = render('# t\n\n{{release.summary}}\n\n- {{scope.features}}', {
      summary: value,
      scope: { features: [value] },
    });
    expect(card.blocks.map(({ type }) => type)).toEqual(['header', 'paragraph', 'list']);
    const [, said, list] = card.blocks;
    if (said?.type !== 'paragraph' || list?.type !== 'list') throw new Error('other blocks');
    const [inline] = said.content;
    if (said.content.length !== 1 || inline?.type !== 'text') throw new Error('other inlines');
    expect(Object.keys(inline)).toEqual(['type', 'text']);
    const shown = inline.text.replace(/[\u2068\u2069]/g, '').replace('… (shortened)', '');
    expect(value.startsWith(shown)).toBe(true);
    expect(shown.length).toBeGreaterThan(Math.min(value.length, MAX_VALUE_LENGTH) - 20);
    expect(list.items).toHaveLength(1);
  });

  it('cuts a long value and a long message with a visible mark, never within a character', () => {
    fc.assert(
      fc.property(
        // A plan of a text that shows nothing is refused.
        fc.string({ unit: 'grapheme', minLength: 1 }).filter(hasVisibleText),
        fc.integer({ min: 1, max: 12_000 }),
        (unit, length) => {
          const long = unit.repeat(Math.ceil(length / unit.length));
          const card = render(
            '# {{release.summary}}\n\n{{release.summary}}\n\n- {{scope.features}}\n\n{{release.product}}',
            {
              summary: long,
              product: long,
              scope: { features: Array(50).fill(long) },
            },
          );
          const words = cardText(card);
          expect(words).not.toMatch(/\p{Surrogate}/u);
          expect(words.length).toBeLessThan(MAX_CARD_LENGTH + 400);
          expect(card.summary.length).toBeLessThanOrEqual(150);
          if (long.length > MAX_VALUE_LENGTH) expect(words).toContain('… (shortened)');
        },
      ),
      { numRuns: 100 },
    );
  });

  it('takes control characters and reading-direction overrides out, and isolates right-to-left text', () => {
    const card = render('# t\n\n{{release.summary}}', { summary: 'a\u0000b\u202Ec\r\nd\u0007' });
    expect(cardText(card)).toBe('t\n\nabc\nd');
    expect(cardText(render('# t\n\n{{release.summary}}', { summary: 'שלום' }))).toBe('t\n\n\u2068שלום\u2069');
  });

  it('throws when a fact is missing, rather than to send a message with a hole', () => {
    expect(() => renderTemplate(read('# {{release.key}}'), new Map())).toThrow(
      'no value for {{release.key}}',
    );
  });
});

describe('messageFacts', () => {
  const factOf = (name: string, facts: Partial<ReleaseFacts> = {}, changes: Partial<PlanInput> = {}) =>
    messageFacts(examplePlan(changes), { ...planned, ...facts }).get(name);

  it('says on which day of the release it is, counted from go-live', () => {
    const at = (month: number, day: number) =>
      factOf('goLive.relation', { now: Date.UTC(2030, month, day, 8) });
    expect([at(5, 4), at(5, 17), at(5, 18), at(5, 19), at(6, 2)]).toEqual([
      '14 days before go-live',
      '1 day before go-live',
      'on the day of go-live',
      '1 day after go-live',
      '14 days after go-live',
    ]);
  });

  it('says how far off the message was from go-live in calendar days of the release', () => {
    const at = (month: number, day: number, hour: number) =>
      factOf('goLive.relation', { now: Date.UTC(2030, month, day, hour) });
    expect([at(5, 4, 8), at(5, 17, 21), at(5, 17, 22), at(5, 18, 21), at(5, 19, 8), at(5, 25, 8)]).toEqual([
      '14 days before go-live',
      '1 day before go-live',
      'on the day of go-live',
      'on the day of go-live',
      '1 day after go-live',
      '7 days after go-live',
    ]);
  });

  it('gives instants that each reader sees in their own zone, and a distance that is counted when it is read', () => {
    const time = { type: 'time', instant: '2030-06-18T08:00:00.000Z', fallback: expect.any(String) };
    expect(factOf('goLive.at')).toEqual({ phrase: [{ ...time, style: 'absolute' }] });
    expect(factOf('goLive.distance')).toEqual({ phrase: [{ ...time, style: 'relative' }] });
  });

  it('is empty about what is not known', () => {
    const unknown = ['rollout.trafficPercent', 'decision.outcome', 'rollback.reason', 'roles.support_lead'];
    expect(unknown.map((name) => factOf(name))).toEqual(['', { phrase: [] }, '', '']);
    expect(factOf('rollout.trafficPercent', { trafficPercent: 0 })).toBe('0 %');
    expect(factOf('decision.outcome', { state: 'approved' })).toEqual({
      phrase: [{ type: 'text', text: 'go' }],
    });
  });

  it('describes the phases with their figures', () => {
    expect(factOf('rollout.phases')).toEqual([
      '1 % for 1 day (internal users and early adopters): error rate below 0.1 %, 95th percentile below 200 ms',
      '10 % for 2 days (beta users and selected customers): error rate below 0.05 %, 95th percentile below 150 ms',
      '50 % for 3 days (half of production traffic): error rate below 0.1 %, 95th percentile below 200 ms',
      '100 % (all production users)',
    ]);
    expect(factOf('rollout.shortest')).toBe('6 days');
    expect(factOf('rollout.guarded')).toBe('yes');
    const bigBang = { rollout: { phases: [{ trafficPercent: 100 }] } };
    expect([factOf('rollout.shortest', {}, bigBang), factOf('rollout.guarded', {}, bigBang)]).toEqual([
      '',
      '',
    ]);
  });
});
