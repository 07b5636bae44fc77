import { eq } from 'drizzle-orm';
import { replacedCardMessage } from '../../core/messages/card-message.ts';
import { cards, deliveries } from '../../db/schema/outbox.ts';
import type { Transaction } from '../../db/transaction.ts';
import { withTransaction } from '../../db/with-transaction.ts';
import { replacedCardSubject } from '../../services/delivery/notice.ts';
import type { JobServices } from '../job-services.ts';
import { postIntervalMs, setPace } from '../pace.ts';
import type { Sent } from './attempt-delivery.ts';
import type { ClaimedDelivery } from './claim-delivery.ts';
import { claimedRow } from './claimed-row.ts';

/**
 * Records what the channel has posted and, of a live card, what it shows. One that another drain has taken over is
 * left to that one, which looks it up.
 */
export async function recordSent(jobs: JobServices, delivery: ClaimedDelivery, sent: Sent): Promise<void> {
  const { destination } = delivery;
  const pointer = await pointerFor(jobs, delivery, sent);
  const { isRecorded, isStale } = await withTransaction(jobs.db, async (tx) => {
    const recorded = await record({ jobs, tx }, delivery, sent);
    if (recorded.isRecorded && pointer) await tx.insert(deliveries).values(pointer);
    return recorded;
  });
  if (isRecorded && pointer) await jobs.notifier.notify([{ job: 'delivery', destination }]);
  if (isStale) await jobs.notifier.notify([{ job: 'card', destination }]);
}

/** What is posted below the message that a card has left, since it can't be edited; null when there is none. */
async function pointerFor(
  { db, channels, newId, clock }: JobServices,
  { cardId, destination, releaseId }: ClaimedDelivery,
  { messageId, channelId }: Sent,
): Promise<typeof deliveries.$inferInsert | null> {
  if (cardId === null) return null;
  const [card] = await db.select({ replaces: cards.replaces }).from(cards).where(eq(cards.id, cardId));
  if (!card?.replaces) return null;
  const url = await channels.get(destination.channel)?.linkTo?.({ messageId, channelId });
  return {
    id: newId(),
    releaseId,
    destination,
    subject: replacedCardSubject,
    content: replacedCardMessage(url ?? null),
    replyTo: card.replaces,
    createdAt: new Date(clock.now()),
  };
}

/** `isStale`: it is a live card that has changed meanwhile. */
async function record(
  { jobs, tx }: { jobs: JobServices; tx: Transaction },
  delivery: ClaimedDelivery,
  { messageId, channelId, rendered }: Sent,
): Promise<{ isRecorded: boolean; isStale: boolean }> {
  const { destination, cardId } = delivery;
  const wall = jobs.clock.wall();
  const recorded = await tx
    .update(deliveries)
    .set({ state: 'sent', messageId, channelId, sentAt: new Date(wall), error: null })
    .where(claimedRow(delivery))
    .returning({ id: deliveries.id });
  if (recorded.length === 0) return { isRecorded: false, isStale: false };
  await setPace(tx, { kind: 'post', destination }, wall + postIntervalMs(jobs.channels, destination));
  if (cardId === null) return { isRecorded: true, isStale: false };
  // Found by a look-up, nothing was rendered: what it shows is not known, so it is drawn again.
  const shown = {
    renderedRevision: rendered?.revision ?? 0,
    renderedHash: rendered?.hash ?? null,
    renderedGist: rendered?.gist ?? null,
  };
  const [card] = await tx
    .update(cards)
    .set({ messageId, channelId, closedSince: null, replaces: null, ...shown })
    .where(eq(cards.id, cardId))
    .returning({ revision: cards.revision });
  return { isRecorded: true, isStale: card !== undefined && card.revision > shown.renderedRevision };
}
