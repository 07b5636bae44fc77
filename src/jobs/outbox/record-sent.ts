import { eq } from 'drizzle-orm';
import { cards, deliveries } from '../../db/schema/outbox.ts';
import type { Transaction } from '../../db/transaction.ts';
import { withTransaction } from '../../db/with-transaction.ts';
import type { JobServices } from '../job-services.ts';
import { setPace } from '../pace.ts';
import type { Sent } from './attempt-delivery.ts';
import type { ClaimedDelivery } from './claim-delivery.ts';
import { claimedRow } from './claimed-row.ts';

/**
 * Records what the channel has posted and, of a live card, what it shows. One that another drain has taken over is
 * left to that one, which looks it up.
 */
export async function recordSent(jobs: JobServices, delivery: ClaimedDelivery, sent: Sent): Promise<void> {
  const { destination } = delivery;
  const isStale = await withTransaction(jobs.db, (tx) => record({ jobs, tx }, delivery, sent));
  if (isStale) await jobs.notifier.notify([{ job: 'card', destination }]);
}

/** Returns whether it is a live card that has changed meanwhile. */
async function record(
  { jobs, tx }: { jobs: JobServices; tx: Transaction },
  delivery: ClaimedDelivery,
  { messageId, channelId, rendered }: Sent,
): Promise<boolean> {
  const { destination, cardId } = delivery;
  const wall = jobs.clock.wall();
  const recorded = await tx
    .update(deliveries)
    .set({ state: 'sent', messageId, channelId, sentAt: new Date(wall), error: null })
    .where(claimedRow(delivery))
    .returning({ id: deliveries.id });
  if (recorded.length === 0) return false;
  const intervalMs = jobs.channels.get(destination.channel)?.pace.postIntervalMs ?? 0;
  await setPace(tx, { kind: 'post', destination }, wall + intervalMs);
  if (cardId === null) return false;
  // Found by a look-up, nothing was rendered: what it shows is not known, so it is drawn again.
  const shown = { renderedRevision: rendered?.revision ?? 0, renderedHash: rendered?.hash ?? null };
  const [card] = await tx
    .update(cards)
    .set({ messageId, channelId, ...shown })
    .where(eq(cards.id, cardId))
    .returning({ revision: cards.revision });
  return card !== undefined && card.revision > shown.renderedRevision;
}
