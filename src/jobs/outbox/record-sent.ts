import { eq } from 'drizzle-orm';
import { replacedCardMessage } from '../../core/messages/card-message.ts';
import { given, prepareQuery } from '../../db/prepare-query.ts';
import { cards, deliveries } from '../../db/schema/outbox.ts';
import type { Queries, Transaction } from '../../db/transaction.ts';
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
  const { destination, cardId } = delivery;
  const wall = jobs.clock.wall();
  const intervalMs = postIntervalMs(jobs.channels, destination);
  // First, so that the message is not recorded without it.
  if (intervalMs > 0) await setPace(jobs.db, { kind: 'post', destination }, wall + intervalMs);
  if (cardId === null) await markSent(jobs.db, { delivery, sent, wall });
  else await recordCard(jobs, { delivery: { ...delivery, cardId }, sent, wall });
}

interface PostedCard {
  delivery: ClaimedDelivery & { cardId: string };
  sent: Sent;
  wall: number;
}

/** The message of a live card and what it shows are recorded together, or it would never be edited. */
async function recordCard(jobs: JobServices, posted: PostedCard): Promise<void> {
  const { destination } = posted.delivery;
  const pointer = await pointerFor(jobs, posted.delivery, posted.sent);
  const { isRecorded, isStale } = await withTransaction(jobs.db, async (tx) => {
    if (!(await markSent(tx, posted))) return { isRecorded: false, isStale: false };
    if (pointer) await tx.insert(deliveries).values(pointer);
    return { isRecorded: true, isStale: await recordPicture(tx, posted) };
  });
  if (isRecorded && pointer) await jobs.notifier.notify([{ job: 'delivery', destination }]);
  if (isStale) await jobs.notifier.notify([{ job: 'card', destination }]);
}

/** What is posted below the message that a card has left, since it can't be edited; null when there is none. */
async function pointerFor(
  { db, channels, newId, clock }: JobServices,
  { cardId, destination, releaseId }: PostedCard['delivery'],
  { messageId, channelId }: Sent,
): Promise<typeof deliveries.$inferInsert | null> {
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

/** Returns false when another drain has taken the delivery over. */
async function markSent(
  db: Queries,
  { delivery, sent, wall }: { delivery: ClaimedDelivery; sent: Sent; wall: number },
): Promise<boolean> {
  const { id, attempts } = delivery;
  const { messageId, channelId } = sent;
  const recorded = await recordMessage(db, { id, attempts, messageId, channelId, sentAt: new Date(wall) });
  return recorded.length > 0;
}

type SentRow = Record<'id' | 'messageId' | 'channelId', string> & { attempts: number; sentAt: Date };

const recordMessage = prepareQuery<SentRow, { id: string }[]>('record message', (db) => {
  const message = { messageId: given('messageId'), channelId: given('channelId') };
  return db
    .update(deliveries)
    .set({ state: 'sent', ...message, sentAt: given('sentAt'), error: null })
    .where(claimedRow({ id: given('id'), attempts: given('attempts') }))
    .returning({ id: deliveries.id });
});

/** Returns whether the card has changed since it was drawn. */
async function recordPicture(tx: Transaction, { delivery: { cardId }, sent }: PostedCard): Promise<boolean> {
  const { messageId, channelId, rendered } = sent;
  // Found by a look-up, nothing was rendered: what it shows is not known, so it is drawn again.
  const shown = {
    renderedRevision: rendered?.revision ?? 0,
    renderedHash: rendered?.hash ?? null,
    renderedGist: rendered?.gist ?? null,
  };
  const [card] = await tx
    .update(cards)
    .set({ messageId, channelId, closedSince: null, refusedSince: null, replaces: null, ...shown })
    .where(eq(cards.id, cardId))
    .returning({ revision: cards.revision });
  return card !== undefined && card.revision > shown.renderedRevision;
}
