import type { Card } from '../../core/card/card.ts';
import { findCardAt } from '../../db/queries/find-card.ts';
import type { Queries } from '../../db/transaction.ts';
import type { Clock } from '../../lib/clock.ts';
import type { LiveCard } from './live-card.ts';
import { renderLiveCard } from './render-live-card.ts';

/** Where a message is, and who looks at it. */
export interface ShownMessage {
  channel: string;
  messageId: string;
  /** The channel may give one message under several ids of its place. */
  channelIds: readonly string[];
  /** The person for whom it is drawn. */
  reader: string;
}

/** The live card of a message as it has to be now, for one reader; null when the message is none. */
export type DrawLiveCard = (message: ShownMessage) => Promise<Card | null>;

export function createDrawLiveCard(
  parts: { db: Queries; clock: Pick<Clock, 'now'> },
  facts: Pick<Parameters<LiveCard['render']>[0], 'hasDriver' | 'isCreator' | 'freezes'>,
): DrawLiveCard {
  return async ({ channel, messageId, channelIds, reader }) => {
    const card = await findCardAt(parts.db, { channel, messageId, channelIds });
    return card && renderLiveCard(parts.db, { ...card, reader }, parts.clock.now(), facts);
  };
}
