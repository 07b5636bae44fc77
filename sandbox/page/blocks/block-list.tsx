import type { KnownBlock } from '@slack/types';
import { ActionsBlock } from './actions-block.tsx';
import { BlockBoundary } from './block-boundary.tsx';
import { Collapsible } from './collapsible.tsx';
import { ContextBlock } from './context-block.tsx';
import { InputBlock } from './input-block.tsx';
import { textLength } from './kit.ts';
import { LibraryBlock } from './rich-text.tsx';
import { SectionBlock } from './section-block.tsx';

/** Blocks one under the other. One that can't be shown says so and leaves the others alone. */
export function BlockList({ blocks }: { blocks: KnownBlock[] }) {
  return (
    <div className="blocks">
      {blocks.map((block, index) => (
        // Blocks have no identity of their own: an edit replaces the list, and place is what stays.
        // biome-ignore lint/suspicious/noArrayIndexKey: see above
        <BlockBoundary key={`${index}-${block.type}`} type={block.type}>
          <OneBlock block={block} />
        </BlockBoundary>
      ))}
    </div>
  );
}

function OneBlock({ block }: { block: KnownBlock }) {
  switch (block.type) {
    case 'header':
      return <h2 className="block-header">{block.text.text}</h2>;
    case 'divider':
      return <hr className="block-divider" />;
    case 'section':
      return <SectionBlock block={block} />;
    case 'context':
      return <ContextBlock block={block} />;
    case 'actions':
      return <ActionsBlock block={block} />;
    case 'input':
      return <InputBlock block={block} />;
    default:
      return (
        <Collapsible length={textLength(block)}>
          <LibraryBlock block={block} />
        </Collapsible>
      );
  }
}
