import type { HomeView, KnownBlock } from '@slack/types';
import type { Card } from '../../../core/card/card.ts';
import { renderBlock } from './blocks.ts';
import { fitBlocks } from './fit.ts';
import { viewBudget } from './limits.ts';

/** A person's App Home: cards one below the other, a line between them. Never throws. */
export function renderHome(cards: Card | Card[]): HomeView {
  const shown = [cards].flat().map((card) => card.blocks.flatMap(renderBlock));
  const blocks = shown.filter((card) => card.length > 0).flatMap(withDivider);
  return {
    type: 'home',
    blocks: fitBlocks(
      blocks.length > 0
        ? blocks
        : renderBlock({ type: 'paragraph', content: [{ type: 'text', text: 'Nothing here yet.' }] }),
      viewBudget,
      'Shortened: the rest does not fit on this page.',
    ),
  };
}

function withDivider(card: KnownBlock[], index: number): KnownBlock[] {
  return index === 0 ? card : [{ type: 'divider' }, ...card];
}
