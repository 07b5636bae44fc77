import { describe, expect, it } from 'vitest';
import { findMessages } from '../../../sandbox/page/text/find-messages.ts';
import { message } from '../make.ts';

const messages = [
  message('1.0', { text: 'web-2.4.0 is planned' }),
  message('2.0', {
    text: 'summary',
    blocks: [{ type: 'section', text: { type: 'mrkdwn', text: 'Error rate &lt; 0.1 %' } }],
  }),
  message('3.0', { text: `${'x'.repeat(100)} planned again ${'y'.repeat(200)}` }),
];
const found = (query: string) => findMessages(messages, query).map(({ message: { ts } }) => ts);

describe('findMessages', () => {
  it('finds every word, in text and blocks, newest first', () => {
    expect(found('PLANNED')).toEqual(['3.0', '1.0']);
    expect(found('planned web-2')).toEqual(['1.0']);
    expect(found('rate <')).toEqual(['2.0']);
    expect(found('  ')).toEqual([]);
    expect(found('nothing')).toEqual([]);
  });

  it('shows instants as they are written', () => {
    const date = { type: 'date', timestamp: 1, format: '{date}', fallback: 'Tue 15 Dec 2026' };
    const elements = [{ type: 'text', text: 'Go-live: ' }, date, { type: 'text', text: '. Planned.' }];
    const blocks = [{ type: 'rich_text', elements: [{ type: 'rich_text_section', elements }] }];
    expect(findMessages([message('1.0', { blocks })], 'go-live')[0]?.excerpt).toBe(
      'Go-live: Tue 15 Dec 2026. Planned.',
    );
  });

  it('shows the words around it', () => {
    expect(findMessages(messages, 'again')[0]?.excerpt).toMatch(/^…x+ planned again y+…$/);
  });
});
