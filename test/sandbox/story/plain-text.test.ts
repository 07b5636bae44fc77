import { expect, it } from 'vitest';
import { headlineOf, wordsOf } from '../../../sandbox/story/plain-text.ts';

const content = {
  type: 'AdaptiveCard',
  body: [
    {
      type: 'TextBlock',
      text: '**Go\\_live** {{DATE(2026-12-15T09:00:00Z,SHORT)}} {{TIME(2026-12-15T09:00:00Z)}}',
    },
    {
      type: 'RichTextBlock',
      inlines: [
        { type: 'TextRun', text: '🟢 Errors' },
        { type: 'TextRun', text: ' 0 %' },
      ],
    },
    {
      type: 'Container',
      items: [{ type: 'TextBlock', text: 'Ask <at>Rita</at> &amp; [see](https://example.com)' }],
    },
    { type: 'Container', isVisible: false, items: [{ type: 'TextBlock', text: 'Sure?' }] },
    { type: 'ActionSet', actions: [{ type: 'Action.Execute', title: 'Go' }, { title: 'No-go…' }] },
  ],
};

it('reads the words of an Adaptive Card, and not what it hides', () => {
  expect(wordsOf({ attachments: [{ contentType: 'card', content }] }).split('\n')).toEqual([
    'Go_live 2026-12-15 09:00 UTC',
    '🟢 Errors 0 %',
    'Ask @Rita & see',
    '[Go] [No-go…]',
  ]);
});

it('reads the words of Block Kit', () => {
  const blocks = [{ type: 'section', text: { type: 'mrkdwn', text: 'Hello' } }];
  expect(wordsOf({ blocks })).toBe('Hello');
});

it('reads what a notification says, on either platform', () => {
  expect(headlineOf({ text: 'a &lt;b&gt; &amp;amp; c' })).toBe('a <b> &amp; c');
  expect(headlineOf({ text: '', summary: 'a <\u200bat> b' })).toBe('a <at> b');
});
