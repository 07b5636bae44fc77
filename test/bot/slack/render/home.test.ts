import { expect, it } from 'vitest';
import { renderHome } from '../../../../src/bot/slack/render/home.ts';
import { paragraph } from '../../../../src/core/card/card.ts';
import { checkView, visibleText } from './check-limits.ts';

it('shows cards one below the other with a line between them', () => {
  const view = renderHome([
    { summary: 'one', blocks: [{ type: 'header', text: 'Waiting for you' }] },
    { summary: 'none', blocks: [] },
    { summary: 'two', blocks: [{ type: 'header', text: 'Coming up' }] },
  ]);
  expect(view.blocks.map((block) => block.type)).toEqual(['header', 'divider', 'header']);
  expect(checkView(view)).toEqual([]);
});

it('is never empty', () => {
  expect(visibleText(renderHome([]).blocks)).toBe('Nothing here yet.');
});

it('holds more than a message, and says where it ends', () => {
  const view = renderHome({
    summary: '',
    blocks: Array.from({ length: 300 }, (_, n) => paragraph(`${n} ${'w '.repeat(300)}`)),
  });
  expect(checkView(view)).toEqual([]);
  expect(visibleText(view.blocks).length).toBeGreaterThan(30_000);
  expect(visibleText(view.blocks)).toContain('Shortened: the rest does not fit on this page.');
});
