import { type Block, type Card, fieldLine, type Inline, linkRow } from '../../../core/card/card.ts';
import { inlines } from '../../../core/card/line.ts';
import { cleanText, isBlank, literalLine } from '../../text/literal.ts';
import { wordsOf } from './inline.ts';
import { teamsLimits } from './limits.ts';

/** The summary, else the first text of the card. */
export function firstLine(card: Card): string {
  const lines = [inlines(card.summary), ...card.blocks.map(contentOf)].map(plainText);
  return lines.map((line) => literalLine(line, teamsLimits.summary)).find(Boolean) ?? '';
}

/** A whole card in plain words, a line a block: where nothing but text is shown. */
export function plainCard(card: Card): string {
  const lines = card.blocks.map((block) => plainText(contentOf(block))).filter((line) => !isBlank(line));
  return lines.length > 0 ? lines.join('\n') : plainText(inlines(card.summary));
}

export function plainText(content: readonly Inline[]): string {
  return cleanText(content.map(wordsOf).join(''));
}

function contentOf(block: Block): Inline[] {
  switch (block.type) {
    case 'header':
    case 'code':
      return [{ type: 'text', text: block.text }];
    case 'paragraph':
    case 'quote':
    case 'note':
      return block.content;
    case 'fields':
      return inLines(block.fields.map(fieldLine));
    case 'links':
      return linkRow(block.links);
    case 'list':
      return inLines(block.items.map((item) => [{ type: 'text', text: '• ' }, ...item]));
    default:
      return [];
  }
}

function inLines(lines: readonly (readonly Inline[])[]): Inline[] {
  return lines.flatMap((line, index): Inline[] => [
    ...(index === 0 ? [] : [{ type: 'text' as const, text: '\n' }]),
    ...line,
  ]);
}
