import { describe, expect, it } from 'vitest';
import { actionOf } from '../../../../src/bot/slack/render/actions.ts';
import { renderMessage } from '../../../../src/bot/slack/render/message.ts';
import { type Block, bold, type Card, note, paragraph, text } from '../../../../src/core/card/card.ts';
import { type Line, line } from '../../../../src/core/card/line.ts';
import { localDate } from '../../../../src/core/card/local-date.ts';
import { goldenCards } from './cards.ts';
import { checkMessage, visibleText } from './check-limits.ts';

const card = (...blocks: Block[]): Card => ({ summary: 'summary', blocks });

describe('renderMessage', () => {
  it.each(Object.entries(goldenCards))('renders %s as its golden file says', async (name, golden) => {
    const message = renderMessage(golden);
    expect(checkMessage(message)).toEqual([]);
    await expect(`${JSON.stringify(message, null, 2)}\n`).toMatchFileSnapshot(`./golden/${name}.golden.json`);
  });

  it('sets no full stop apart from its sentence: Slack leaves a gap between the elements of a note', () => {
    const at = localDate(Date.parse('2030-06-18T08:00:00Z'), 'Europe/Amsterdam');
    const types = (...content: Line[]) =>
      renderMessage(card(...content.map(note))).blocks.map(({ type }) => type);
    expect(types(line`Planned for ${at}.`, line`(${at})`)).toEqual(['rich_text', 'rich_text']);
    expect(types(line`Planned for ${at}`, line`Since ${at} it waits.`, 'Planned.')).toEqual([
      'context',
      'context',
      'context',
    ]);
  });

  it('shows 10,000 characters whole, in several blocks', () => {
    const long = 'Ten chars '.repeat(1000);
    const message = renderMessage(card(paragraph(long)));
    expect(checkMessage(message)).toEqual([]);
    expect(visibleText(message.blocks)).toBe(long);
    expect(message.blocks.length).toBeGreaterThan(3);
  });

  it('shows 10,000 characters without a single space whole', () => {
    const message = renderMessage(card(paragraph('x'.repeat(10_000))));
    expect(visibleText(message.blocks)).toBe('x'.repeat(10_000));
  });

  it('marks a longer text as shortened and keeps the buttons', () => {
    const message = renderMessage(
      card(paragraph('word '.repeat(6000)), paragraph('the end'), {
        type: 'actions',
        buttons: [{ action: 'rollback', label: 'Roll back', value: 'web-2.4.0' }],
      }),
    );
    expect(checkMessage(message)).toEqual([]);
    const shown = visibleText(message.blocks);
    expect(shown.length).toBeGreaterThan(10_000);
    expect(shown).toContain('… Shortened: the rest does not fit in one Slack message.');
    expect(shown).not.toContain('the end');
    expect(message.blocks.at(-1)).toMatchObject({ type: 'actions', elements: [{ action_id: 'rollback' }] });
  });

  it('has the buttons of one action in one row, each under an id of its own that leads back to the action', () => {
    const buttons = ['Send now', 'Skip'].map((label) => ({ action: 'settle', label, value: label }));
    const { blocks } = renderMessage(card({ type: 'actions', buttons }));
    const ids = blocks.flatMap((block) =>
      block.type === 'actions' ? block.elements.map(({ action_id = '' }) => action_id) : [],
    );
    expect(blocks).toHaveLength(1);
    expect(ids).toEqual(['settle', 'settle#2']);
    expect(ids.map(actionOf)).toEqual(['settle', 'settle']);
  });

  it('keeps no button below the mark that nobody could tell from one above it', () => {
    const items = Array.from({ length: 8 }, (_, index): Block[] => [
      paragraph(`${index} ${'word '.repeat(500)}`),
      { type: 'actions', buttons: [{ action: 'settle', label: 'Send now', value: `${index}` }] },
    ]);
    const all: Block = { type: 'actions', buttons: [{ action: 'settle', label: 'Send all', value: 'all' }] };
    const { blocks } = renderMessage(card(...items.flat(), all));
    const marked = blocks.findIndex((block) => JSON.stringify(block).includes('Shortened'));
    const below = JSON.stringify(blocks.slice(marked));
    expect(marked).toBeGreaterThan(2);
    expect(below).not.toContain('Send now');
    expect(below).toContain('Send all');
  });

  it('joins short neighbours when there are more than 50', () => {
    const message = renderMessage(
      card(...Array.from({ length: 80 }, (_, index) => paragraph(`line ${index}`))),
    );
    expect(checkMessage(message)).toEqual([]);
    expect(visibleText(message.blocks)).toContain('line 79');
    expect(visibleText(message.blocks)).not.toContain('Shortened');
  });

  it('puts more than 25 buttons into several rows', () => {
    const buttons = Array.from({ length: 26 }, (_, index) => ({
      action: `a${index}`,
      label: `${index}`,
      value: 'v',
    }));
    const rows = renderMessage(card({ type: 'actions', buttons })).blocks.filter(
      (block) => block.type === 'actions',
    );
    expect(rows.map((row) => row.elements.length)).toEqual([25, 1]);
  });

  it('goes on counting where an ordered list continues in the next block', () => {
    const items = Array.from({ length: 60 }, (_, index) => [text(`step ${index + 1}`)]);
    const lists = renderMessage(card({ type: 'list', ordered: true, items })).blocks;
    expect(lists.map((block) => block.type === 'rich_text' && block.elements[0])).toMatchObject([
      { type: 'rich_text_list', style: 'ordered' },
      { type: 'rich_text_list', style: 'ordered', offset: 50 },
    ]);
  });

  it('never cuts a grapheme in two', () => {
    const family = '👩‍👩‍👧‍👦';
    const message = renderMessage(card({ type: 'header', text: family.repeat(40) }));
    const [header] = message.blocks;
    const shown = header?.type === 'header' ? header.text.text : '';
    expect(shown).toBe(`${family.repeat(13)}…`);
  });

  it('isolates right-to-left text, but not within code', () => {
    const message = renderMessage(card(paragraph('a ', bold('שלום')), { type: 'code', text: 'שלום' }));
    expect(visibleText(message.blocks)).toBe('a \u2068שלום\u2069שלום');
  });

  it('cuts right-to-left lines so that they fit a block with their isolates', () => {
    const lines = 'א\n'.repeat(1500);
    const { blocks } = renderMessage(card(paragraph(lines)));
    const sizes = blocks.map((block) => visibleText(block).length);
    expect(visibleText(blocks).replace(/[\u2068\u2069]/g, '')).toBe(lines);
    expect(sizes).toEqual([3000, 3000]);
  });

  it('keeps the notification text within the limit after escaping', () => {
    const { text: notification } = renderMessage({ summary: '<&'.repeat(4000), blocks: [] });
    expect(notification.length).toBeLessThanOrEqual(3000);
    expect(notification).toMatch(/^(&lt;&amp;)+(&lt;)?…$/);
  });

  it('takes the notification text from the blocks when there is no summary', () => {
    const blocks: Block[] = [
      { type: 'divider' },
      { type: 'list', ordered: false, items: [[], [text('Phase: '), text('10 %')]] },
    ];
    expect(renderMessage({ summary: '', blocks }).text).toBe('Phase: 10 %');
  });

  it('gives every rendering of a card the same ids', () => {
    const golden = goldenCards['every-block'];
    expect(golden && renderMessage(golden)).toEqual(golden && renderMessage(golden));
  });
});
