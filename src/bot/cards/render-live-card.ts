import type { Card } from '../../core/card/card.ts';
import type { Queries } from '../../db/transaction.ts';
import { createRegistry } from '../../lib/create-registry.ts';
import { allLiveCards } from './all-live-cards.generated.ts';
import type { LiveCard, LiveCardRow } from './live-card.ts';

const liveCards = createRegistry<LiveCard>(allLiveCards);

/** Renders a live card from the present state, at `now` (epoch ms of the release's clock); null when its subject is gone. */
export async function renderLiveCard(
  db: Queries,
  card: LiveCardRow,
  now: number,
  facts: Pick<Parameters<LiveCard['render']>[0], 'hasDriver' | 'isCreator' | 'freezes'>,
): Promise<Card | null> {
  const liveCard = liveCards.find(card.kind);
  if (!liveCard) throw new Error(`there is no live card of the kind "${card.kind}"`);
  return liveCard.render({ db, card, now, ...facts });
}
