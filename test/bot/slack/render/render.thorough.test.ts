import fc from 'fast-check';
import { expect, it } from 'vitest';
import { renderHome } from '../../../../src/bot/slack/render/home.ts';
import { renderMessage } from '../../../../src/bot/slack/render/message.ts';
import type { Block, Button, Card, Inline } from '../../../../src/core/card/card.ts';
import { checkMessage, checkView, visibleText } from './check-limits.ts';

const awkward = fc.constantFrom('\ud83d', '\udc69', '\u200d', '\u202e', '\u2066', 'א', '\n', '\0', 'e\u0301');

/** Text of every awkward kind, now and then very long. */
const anyText = fc.oneof(
  { weight: 4, arbitrary: fc.string({ unit: 'binary', maxLength: 40 }) },
  { weight: 2, arbitrary: fc.string({ unit: awkward }) },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      '',
      ' ',
      '<!channel>',
      '@here',
      '```',
      '&amp;',
      '|>',
      'https://example.com/?a=1|2>',
      '👩‍👩‍👧‍👦',
    ),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(
        fc.oneof(
          ...['grapheme' as const, awkward].map((unit) => fc.string({ unit, minLength: 1, maxLength: 8 })),
        ),
        fc.nat(1500),
      )
      .map(([part, times]) => part.repeat(times)),
  },
);

const inline: fc.Arbitrary<Inline> = fc.oneof(
  fc.record({
    type: fc.constant('text' as const),
    text: anyText,
    bold: fc.boolean(),
    italic: fc.boolean(),
    code: fc.boolean(),
  }),
  fc.record({
    type: fc.constant('time' as const),
    instant: fc.oneof(
      anyText,
      fc.constantFrom('2026-12-08T14:00:00Z', '-000001-01-01T00:00:00Z', '9999-12-31T23:59:59Z'),
    ),
    fallback: anyText,
    style: fc.constantFrom('absolute' as const, 'relative' as const),
  }),
  fc.record({
    type: fc.constant('link' as const),
    url: fc.oneof(anyText, fc.webUrl({ withQueryParameters: true })),
    text: anyText,
  }),
  fc.record({
    type: fc.constant('place' as const),
    name: anyText,
    destination: fc.option(
      fc.record({
        channel: fc.constantFrom('slack', 'teams'),
        kind: fc.constantFrom('channel' as const, 'address' as const),
        id: fc.oneof(anyText, fc.constant('C0DEPLOY')),
      }),
    ),
  }),
  fc.record({
    type: fc.constant('bar' as const),
    cells: fc.array(fc.constantFrom('done' as const, 'rest' as const, 'go' as const), { maxLength: 300 }),
  }),
);
const inlines = fc.array(inline, { maxLength: 12 });

const button: fc.Arbitrary<Button> = fc.record(
  {
    action: fc.oneof(anyText, fc.constantFrom('go', 'no-go')),
    label: anyText,
    value: anyText,
    confirm: fc.record({ title: anyText, text: anyText, confirm: anyText, deny: anyText }),
  },
  { requiredKeys: ['action', 'label', 'value'] },
);

const block: fc.Arbitrary<Block> = fc.oneof(
  fc.record({ type: fc.constantFrom('header' as const, 'code' as const), text: anyText }),
  fc.record({
    type: fc.constantFrom('paragraph' as const, 'quote' as const, 'note' as const),
    content: inlines,
  }),
  fc.record({
    type: fc.constant('list' as const),
    ordered: fc.boolean(),
    items: fc.array(fc.array(inline, { maxLength: 3 }), { maxLength: 12 }),
  }),
  fc.record({
    type: fc.constant('fields' as const),
    fields: fc.array(fc.record({ name: anyText, content: inlines }), { maxLength: 12 }),
  }),
  fc.record({
    type: fc.constant('links' as const),
    links: fc.array(fc.record({ label: anyText, url: fc.oneof(anyText, fc.webUrl()) }), { maxLength: 12 }),
  }),
  fc.constant({ type: 'divider' as const }),
  fc.record({ type: fc.constant('actions' as const), buttons: fc.array(button, { maxLength: 30 }) }),
);
const card: fc.Arbitrary<Card> = fc.record({
  summary: anyText,
  blocks: fc.oneof(fc.array(block, { maxLength: 6 }), fc.array(block, { minLength: 45, maxLength: 60 })),
});

/** Reports the seed rather than the card, which may be a megabyte and takes minutes to shrink. */
function holds<T>(arbitrary: fc.Arbitrary<T>, numRuns: number, problemsOf: (value: T) => string[]): void {
  const problems: string[] = [];
  const run = fc.check(
    fc.property(arbitrary, (value) => {
      problems.push(...problemsOf(value));
      return problems.length === 0;
    }),
    { numRuns, endOnFailure: true },
  );
  expect({ problems, path: run.counterexamplePath }, `seed ${run.seed}`).toEqual({
    problems: [],
    path: null,
  });
  expect(run.numRuns).toBe(numRuns);
}

it('renders any card as a message that Slack takes', { timeout: 60_000 }, () => {
  holds(card, 120, (any) => checkMessage(renderMessage(any)));
});

it('renders any cards as a home that Slack takes', { timeout: 60_000 }, () => {
  holds(fc.array(card, { maxLength: 4 }), 40, (any) => checkView(renderHome(any)));
});

it('loses no character of a plain text that fits', () => {
  const plainText = fc.string({
    unit: fc.constantFrom('a', ' ', '\n', '<', '&', '*', 'é', '👍'),
    minLength: 1,
    maxLength: 9000,
  });
  fc.assert(
    fc.property(plainText, (text) => {
      const { blocks } = renderMessage({
        summary: 's',
        blocks: [{ type: 'paragraph', content: [{ type: 'text', text: `.${text}` }] }],
      });
      const shown = visibleText(blocks);
      expect(shown.includes('Shortened') || shown === `.${text}`).toBe(true);
      if (JSON.stringify(text).length < 10_000) expect(shown).toBe(`.${text}`);
    }),
    { numRuns: 100 },
  );
});
