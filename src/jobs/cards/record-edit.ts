import { and, eq, or, sql } from 'drizzle-orm';
import { cards } from '../../db/schema/outbox.ts';
import type { JobServices } from '../job-services.ts';

/** What an edit was to show, as hashes. */
export interface Picture {
  hash: string;
  gist: string;
}

/** A live card as it was found behind the present state. */
export type StaleCard = typeof cards.$inferSelect;

/** The card has not been posted anew since. */
const isOfMessage = ({ messageId }: StaleCard) =>
  sql`${cards.messageId} is not distinct from ${messageId}::text`;

/** Nobody has recorded another picture since the card was found. */
const isAsFound = ({ renderedRevision, renderedHash }: StaleCard) =>
  and(
    eq(cards.renderedRevision, renderedRevision),
    sql`${cards.renderedHash} is not distinct from ${renderedHash}::text`,
  );

const settled = { attempts: 0, notBefore: null, error: null };

/** Records that no edit is needed, or possible; what another job has recorded meanwhile stands. */
export function recordUnchanged(jobs: JobServices, card: StaleCard): Promise<void> {
  return settle(jobs, card, {});
}

/** Records that the card shows the present state as it is: there is nothing that the channel refuses any more. */
export function recordShown(jobs: JobServices, card: StaleCard): Promise<void> {
  return settle(jobs, card, { refusedSince: null });
}

async function settle({ db }: JobServices, card: StaleCard, refusal: { refusedSince?: null }): Promise<void> {
  await db
    .update(cards)
    .set({ renderedRevision: card.revision, ...settled, ...refusal })
    .where(and(eq(cards.id, card.id), isOfMessage(card), isAsFound(card)));
}

/**
 * Records what the card shows after an edit. Two jobs may edit one card at once, and nobody knows whose edit
 * reached the channel last: the later to record another picture leaves the card stale, so it is drawn again.
 */
export async function recordEdited(
  { db }: JobServices,
  card: StaleCard,
  { hash, gist }: Picture,
): Promise<void> {
  const isSure = sql`(${or(isAsFound(card), eq(cards.renderedHash, hash))})`;
  const { revision } = card;
  await db
    .update(cards)
    .set({
      renderedRevision: sql`case when ${isSure} then greatest(${cards.renderedRevision}, ${revision}::int)
        else least(${cards.renderedRevision}, ${revision}::int - 1) end`,
      renderedHash: sql`case when ${isSure} then ${hash}::text end`,
      renderedGist: sql`case when ${isSure} then ${gist}::text end`,
      closedSince: null,
      refusedSince: null,
      ...settled,
    })
    .where(and(eq(cards.id, card.id), isOfMessage(card)));
}
