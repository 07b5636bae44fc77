import type { Block, Card, Inline } from '../../../core/card/card.ts';

/** A message to look at: nobody is notified by it, and it has no buttons. */
export function previewBlocks({ blocks }: Card): Block[] {
  return blocks.filter(({ type }) => type !== 'actions').map(quietBlock);
}

function quietBlock(block: Block): Block {
  switch (block.type) {
    case 'paragraph':
    case 'quote':
    case 'note':
      return { ...block, content: block.content.map(quiet) };
    case 'list':
      return { ...block, items: block.items.map((item) => item.map(quiet)) };
    case 'fields':
      return {
        ...block,
        fields: block.fields.map(({ name, content }) => ({ name, content: content.map(quiet) })),
      };
    default:
      return block;
  }
}

function quiet(inline: Inline): Inline {
  return inline.type === 'person' ? { ...inline, mention: false } : inline;
}
