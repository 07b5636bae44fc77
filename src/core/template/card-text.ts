import { type Block, type Card, fieldLine, linkRow } from '../card/card.ts';
import { type Line, lineText, type SpellCommand, spelledText } from '../card/line.ts';

/** A card as plain text: what the console, a transcript or a screen reader gets. Blocks by empty lines. `spell`: how commands are typed there. */
export function cardText(card: Card, spell?: SpellCommand): string {
  const line = spell ? (content: Line) => spelledText(content, spell) : lineText;
  return card.blocks.map((block) => blockText(block, line)).join('\n\n');
}

function blockText(block: Block, line: (content: Line) => string): string {
  switch (block.type) {
    case 'header':
    case 'code':
      return block.text;
    case 'paragraph':
    case 'note':
      return line(block.content);
    case 'quote':
      return line(block.content).replace(/^/gm, '> ');
    case 'list':
      return block.items
        .map((item, index) => `${block.ordered ? `${index + 1}.` : '-'} ${line(item)}`)
        .join('\n');
    case 'fields':
      return block.fields.map((field) => line(fieldLine(field))).join('\n');
    case 'links':
      return line(linkRow(block.links));
    case 'divider':
      return '---';
    case 'actions':
      return block.buttons.map(({ label }) => `[${label}]`).join(' ');
  }
}
