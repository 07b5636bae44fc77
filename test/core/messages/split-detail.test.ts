import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Block, type Card, mention, paragraph, text } from '../../../src/core/card/card.ts';
import { lineText } from '../../../src/core/card/line.ts';
import { splitDetail } from '../../../src/core/messages/split-detail.ts';
import { cardText } from '../../../src/core/template/card-text.ts';

const rita = { name: 'Rita Moreno', identities: [{ platform: 'slack', id: 'U0RITA' }] };
const emil = { name: 'Emil Novak', identities: [{ platform: 'slack', id: 'U0EMIL' }] };
const long = 'What changes, and what to watch. '.repeat(20);
const header: Block = { type: 'header', text: 'Web shop 2.4.0 in a week' };
const lead = paragraph('Checkout has two steps instead of five.');
const list: Block = { type: 'list', ordered: false, items: [[text(long)]] };
const buttons: Block = {
  type: 'actions',
  buttons: [{ action: 'follow-release', label: 'Follow', value: '{}' }],
};
const cardOf = (...blocks: Block[]): Card => ({ summary: 'Web shop 2.4.0 in a week', blocks });
const mentioned = (card: Card | null) => JSON.stringify(card).match(/"mention":true/g)?.length ?? 0;

describe('splitDetail', () => {
  it('leaves the headline and the first paragraph in the channel, and the rest in the thread', () => {
    const { news, detail } = splitDetail(cardOf(header, lead, { type: 'divider' }, list));
    expect(cardText(news)).toBe(
      'Web shop 2.4.0 in a week\n\nCheckout has two steps instead of five.\n\n🧵 Details in the thread.',
    );
    expect(detail?.blocks).toEqual([list]);
    expect(lineText(detail?.summary ?? '')).toBe('Details: Web shop 2.4.0 in a week');
  });

  it('leaves a message whole whose detail is short', () => {
    const card = cardOf(header, lead, paragraph('Nothing else.'));
    expect(splitDetail(card)).toEqual({ news: card, detail: null });
  });

  it('mentions in the news whoever the detail mentions, once, and nobody in the thread', () => {
    const card = cardOf(
      header,
      paragraph(mention(rita), ' leads.'),
      list,
      paragraph(mention(emil), ' and ', mention(rita), ': check the dashboards.'),
      paragraph(mention(emil), ' stays on call.'),
    );
    const { news, detail } = splitDetail(card);
    expect(mentioned(news)).toBe(2);
    expect(mentioned(detail)).toBe(0);
    expect(cardText(news)).toContain('Emil Novak: what you need to do is in the thread.');
    expect(cardText(detail ?? card)).toContain('Emil Novak and Rita Moreno: check the dashboards.');
  });

  it('keeps the buttons, and what asks to use them, in the channel', () => {
    const asks: Block = { type: 'paragraph', content: [text('Please answer.')], asks: true };
    const { news, detail } = splitDetail(cardOf(header, lead, list, asks, buttons));
    expect(news.blocks.slice(-2)).toEqual([asks, buttons]);
    expect(detail?.blocks).toEqual([list]);
  });

  it('loses no block and calls nobody less than once, whatever the message', () => {
    const block = fc.oneof(
      fc.constantFrom(lead, list, buttons),
      fc.string().map((words) => paragraph(words)),
      fc.constantFrom(rita, emil).map((person) => paragraph(mention(person), long)),
    );
    fc.assert(
      fc.property(fc.array(block, { maxLength: 12 }), (blocks) => {
        const card = cardOf(header, ...blocks);
        const { news, detail } = splitDetail(card);
        const shown = `${cardText(news)}\n\n${detail === null ? '' : cardText(detail)}`;
        for (const one of blocks) expect(shown).toContain(cardText(cardOf(one)));
        for (const { name } of [rita, emil]) {
          const calls = (one: Card) => JSON.stringify(one).includes(`"name":"${name}","mention":true`);
          expect(calls(news)).toBe(calls(card));
        }
        expect(mentioned(detail)).toBe(0);
      }),
    );
  });
});
