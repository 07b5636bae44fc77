import { describe, expect, it } from 'vitest';
import { mrkdwnToRichText } from '../../../sandbox/page/text/mrkdwn.ts';

/** The inline elements of a text that is one section. */
function inline(source: string): unknown[] {
  const [section, ...others] = mrkdwnToRichText(source);
  expect(others).toEqual([]);
  return section?.elements ?? [];
}

describe('mrkdwnToRichText', () => {
  it('reads styles, also within each other', () => {
    expect(inline('a *b _c_* ~d~ `e*f*`')).toEqual([
      { type: 'text', text: 'a ' },
      { type: 'text', text: 'b ', style: { bold: true } },
      { type: 'text', text: 'c', style: { bold: true, italic: true } },
      { type: 'text', text: ' ' },
      { type: 'text', text: 'd', style: { strike: true } },
      { type: 'text', text: ' ' },
      { type: 'text', text: 'e*f*', style: { code: true } },
    ]);
  });

  it.each(['2*3*4', 'snake_case_name', '* not bold *', 'a ~ b ~ c', '12:30:45'])(
    'leaves %s alone',
    (source) => {
      expect(inline(source)).toEqual([{ type: 'text', text: source }]);
    },
  );

  it('reads mentions, links, dates and emoji', () => {
    expect(
      inline('<@U1><#C1|eng><!here><https://x.y/?a=1&amp;b=2|label><!date^60^{time}^https://x|then>:tada:'),
    ).toEqual([
      { type: 'user', user_id: 'U1', style: {} },
      { type: 'channel', channel_id: 'C1', style: {} },
      { type: 'broadcast', range: 'here', style: {} },
      { type: 'link', url: 'https://x.y/?a=1&b=2', text: 'label', style: {} },
      { type: 'date', timestamp: 60, format: '{time}', fallback: 'then', style: {} },
      { type: 'emoji', name: 'tada' },
    ]);
  });

  it('links a bare address without the full stop after it', () => {
    expect(inline('see https://x.y/z.')).toEqual([
      { type: 'text', text: 'see ' },
      { type: 'link', url: 'https://x.y/z', style: {} },
      { type: 'text', text: '.' },
    ]);
  });

  it('keeps escaped markup as text', () => {
    expect(inline('&lt;!channel&gt; &amp;lt; &lt;@U1&gt;')).toEqual([
      { type: 'text', text: '<!channel> &lt; <@U1>' },
    ]);
  });

  it.each(['<javascript:alert(1)|click>', '<!subteam^S1>', '<b>'])('shows %s as it is', (source) => {
    expect(inline(source)).toEqual([{ type: 'text', text: source }]);
  });

  it('reads quotes and preformatted parts', () => {
    expect(mrkdwnToRichText('before\n&gt; quoted\n> too\n```\n*raw* &lt;b&gt;\n```after')).toEqual([
      { type: 'rich_text_section', elements: [{ type: 'text', text: 'before' }] },
      { type: 'rich_text_quote', elements: [{ type: 'text', text: 'quoted\ntoo' }] },
      { type: 'rich_text_preformatted', elements: [{ type: 'text', text: '*raw* <b>' }] },
      { type: 'rich_text_section', elements: [{ type: 'text', text: 'after' }] },
    ]);
  });

  it('shows an unclosed fence as it is', () => {
    const texts = mrkdwnToRichText('a ``` b').flatMap(({ elements }) => elements as { text: string }[]);
    expect(texts.map(({ text }) => text).join('')).toBe('a ``` b');
  });

  it('does not format what is far too long', () => {
    const source = '*'.repeat(40_000);
    expect(inline(source)).toEqual([{ type: 'text', text: source }]);
  });

  it.each(['*_~`<', '<@', ':a', '*a', '_a_ ', 'https://'])('reads many of %s in good time', (piece) => {
    const source = piece.repeat(Math.floor(12_000 / piece.length));
    // What tries everything again from each place would not be done within the test's time.
    expect(mrkdwnToRichText(source)).not.toEqual([]);
  });
});
