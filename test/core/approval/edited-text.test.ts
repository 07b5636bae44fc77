import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cardOfEdited, editedTextOf } from '../../../src/core/approval/edited-text.ts';
import { cardText } from '../../../src/core/template/card-text.ts';

const blocksOf = (body: string) => cardOfEdited({ title: 'News', body }).blocks.slice(1);
const paragraph = (text: string) => ({ type: 'paragraph', content: [{ type: 'text', text }] });

describe('an edited text', () => {
  it.each([
    ['paragraphs', 'One.\n\nTwo.', [paragraph('One.'), paragraph('Two.')]],
    ['lines of one paragraph', 'One,\ntwo.', [paragraph('One,\ntwo.')]],
    ['lines of Windows', 'One.\r\n\r\nTwo.', [paragraph('One.'), paragraph('Two.')]],
    ['what looks like a template or markup', '{{a}} *b* <@U1>', [paragraph('{{a}} *b* <@U1>')]],
    [
      'a list with what introduces it',
      'These:\n- one\n• two',
      [
        paragraph('These:'),
        {
          type: 'list',
          ordered: false,
          items: [[{ type: 'text', text: 'one' }], [{ type: 'text', text: 'two' }]],
        },
      ],
    ],
    [
      'a link, without the full stop behind it',
      'See https://example.com/a?b=c.',
      [
        {
          type: 'paragraph',
          content: [
            { type: 'text', text: 'See ' },
            { type: 'link', url: 'https://example.com/a?b=c', text: 'https://example.com/a?b=c' },
            { type: 'text', text: '.' },
          ],
        },
      ],
    ],
    ['no link of another kind', 'javascript:alert(1)', [paragraph('javascript:alert(1)')]],
  ])('has %s', (_, body, blocks) => {
    expect(blocksOf(body)).toEqual(blocks);
  });

  it('begins with what the message says, heading apart', () => {
    const card = cardOfEdited({ title: 'News', body: 'One.\n\n- a\n- b' });
    expect(editedTextOf(card)).toEqual({ title: 'News', body: 'One.\n\n- a\n- b' });
  });

  it('loses no word that was typed', () => {
    fc.assert(
      fc.property(fc.string(), (body) => {
        const words = (text: string) => text.match(/[\p{L}\p{N}]+/gu) ?? [];
        const shown = cardText(cardOfEdited({ title: 'News', body }));
        for (const word of words(body)) expect(shown).toContain(word);
      }),
    );
  });
});
