import type { Block, Card, Inline } from '../card/card.ts';
import { lineText } from '../card/line.ts';

/** A card as plain text: what the console, a transcript or a screen reader gets. Blocks by empty lines. */
export function cardText(card: Card): string {
  return card.blocks.map(blockText).join('\n\n');
}

/** The words of a line. */
export function inlineText(content: readonly Inline[]): string {
  return lineText(content);
}

function blockText(block: Block): string {
  switch (block.type) {
    case 'header':
    case 'code':
      return block.text;
    case 'paragraph':
    case 'note':
      return inlineText(block.content);
    case 'quote':
      return inlineText(block.content).replace(/^/gm, '> ');
    case 'list':
      return block.items
        .map((item, index) => `${block.ordered ? `${index + 1}.` : '-'} ${inlineText(item)}`)
        .join('\n');
    case 'divider':
      return '---';
    case 'actions':
      return block.buttons.map(({ label }) => `[${label}]`).join(' ');
  }
}
