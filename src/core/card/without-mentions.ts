import type { Block, Card } from './card.ts';
import type { Inline } from './inline.ts';
import { inlines } from './line.ts';

/** The card for somebody who only looks on: people are named, and none is called. */
export function withoutMentions({ summary, blocks }: Card): Card {
  return { summary: inlines(summary).map(named), blocks: blocks.map(withNames) };
}

function withNames(block: Block): Block {
  switch (block.type) {
    case 'list':
      return { ...block, items: block.items.map((item) => item.map(named)) };
    case 'fields':
      return {
        ...block,
        fields: block.fields.map(({ name, content }) => ({ name, content: content.map(named) })),
      };
    case 'paragraph':
    case 'quote':
    case 'note':
      return { ...block, content: block.content.map(named) };
    case 'header':
    case 'code':
    case 'links':
    case 'divider':
    case 'actions':
      return block;
  }
}

function named(inline: Inline): Inline {
  const isCalled = (inline.type === 'person' || inline.type === 'place') && inline.mention === true;
  return isCalled ? { type: 'text', text: inline.name } : inline;
}
