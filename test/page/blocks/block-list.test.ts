import type { KnownBlock } from '@slack/types';
import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { BlockList } from '../../../sandbox/page/blocks/block-list.tsx';
import { dispatch } from '../../../sandbox/page/store/store.ts';
import { snapshot } from '../make.ts';

const HOSTILE = '<!channel> <@URITA> *bold* `code` :tada: <b onclick="x">&lt;i&gt; @here';

dispatch({ type: 'snapshot', snapshot: snapshot(), receivedAt: 0 });

const render = (...blocks: KnownBlock[]) => renderToStaticMarkup(createElement(BlockList, { blocks }));
/** What a reader sees: the markup without its tags, decoded once as a browser does. */
const seen = (html: string) =>
  html
    .replace(/<[^>]*>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&');

describe('hostile text is shown as it is', () => {
  const plain = { type: 'plain_text', text: HOSTILE } as const;
  it.each<[string, KnownBlock]>([
    ['a header', { type: 'header', text: plain }],
    ['a plain section', { type: 'section', text: plain }],
    ['plain fields', { type: 'section', fields: [plain] }],
    ['a context', { type: 'context', elements: [plain] }],
    ['a button', { type: 'actions', elements: [{ type: 'button', action_id: 'a', text: plain }] }],
    ['a label', { type: 'input', label: plain, element: { type: 'plain_text_input', action_id: 'a' } }],
    [
      'rich text',
      {
        type: 'rich_text',
        elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text: HOSTILE }] }],
      },
    ],
    [
      'preformatted text',
      {
        type: 'rich_text',
        elements: [{ type: 'rich_text_preformatted', elements: [{ type: 'text', text: HOSTILE }] }],
      },
    ],
  ])('in %s', (_name, block) => {
    const html = render(block);
    expect(seen(html)).toBe(HOSTILE);
    expect(html).not.toMatch(/slack_broadcast|slack_user|<b[ >]|<i>|<strong/);
  });

  it('in escaped mrkdwn', () => {
    const html = render({ type: 'section', text: { type: 'mrkdwn', text: '&lt;!channel&gt; &lt;b&gt;' } });
    expect(seen(html)).toBe('<!channel> <b>');
    expect(html).not.toContain('slack_broadcast');
  });
});

describe('BlockList', () => {
  it('names people and channels, and tells a date in the page’s zone with UTC at hand', () => {
    const text = '<@URITA> in <#C1> at <!date^1796079600^{date_short} {time}|x>';
    const html = render({ type: 'section', text: { type: 'mrkdwn', text } });
    expect(seen(html)).toBe('@Rita Moreno in #release-deployment at 1 Dec 2026 00:00');
    expect(html).toContain('title="Mon 30 Nov 2026 23:00:00 UTC"');
  });

  it('leaves a name that is no emoji as typed', () => {
    expect(seen(render({ type: 'section', text: { type: 'mrkdwn', text: 'a :nosuchthing: b' } }))).toBe(
      'a :nosuchthing: b',
    );
  });

  it('shows the beginning of a long text, and offers the rest', () => {
    const long: KnownBlock = {
      type: 'rich_text',
      elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text: 'x'.repeat(10_000) }] }],
    };
    expect(render(long)).toContain('Show more');
    expect(render({ type: 'header', text: { type: 'plain_text', text: 'short' } })).not.toContain(
      'Show more',
    );
  });

  it('says which elements it can’t show', () => {
    const element = { type: 'file_input', action_id: 'f' } as const;
    const html = render({ type: 'input', label: { type: 'plain_text', text: 'File' }, element });
    expect(seen(html)).toContain('can’t show a file_input yet');
  });
});
