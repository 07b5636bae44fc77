import { type Block, type Card, fieldLine, linkRow } from '../card/card.ts';
import { lineText } from '../card/line.ts';

/** A card as plain text: what the console, a transcript or a screen reader gets. Blocks by empty lines. */
export function cardText(card: Card): string {
  return card.blocks.map(blockText).join('\n\n');
}

function blockText(block: Block): string {
  switch (block.type) {
    case 'header':
    case 'code':
      return block.text;
    case 'paragraph':
    case 'note':
      return lineText(block.content);
    case 'quote':
      return lineText(block.content).replace(/^/gm, '> ');
    case 'list':
      return block.items
        .map((item, index) => `${block.ordered ? `${index + 1}.` : '-'} ${lineText(item)}`)
        .join('\n');
    case 'fields':
      return block.fields.map((field) => lineText(fieldLine(field))).join('\n');
    case 'links':
      return lineText(linkRow(block.links));
    case 'divider':
      return '---';
    case 'actions':
      return block.buttons.map(({ label }) => `[${label}]`).join(' ');
  }
}
