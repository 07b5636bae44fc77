import { eq, sql } from 'drizzle-orm';
import type { Destination } from '../../core/address/destination.ts';
import type { AuditSigner } from '../../core/audit/audit-signature.ts';
import { prepareQuery } from '../prepare-query.ts';
import { inbox } from '../schema/audit.ts';
import type { Queries, Transaction } from '../transaction.ts';
import { type AuditEvent, appendAuditEvents } from './append-audit-events.ts';
import { invalidateCards, type ShownTo } from './invalidate-cards.ts';

/** What a verb leaves behind besides its rows. */
export interface FinishedRequest {
  /** Releases whose live cards are to be drawn again, by their ids, and whose own cards among them. */
  touched: Map<string, ShownTo>;
  events: AuditEvent[];
  /** The answer, under the request's key. */
  answered?: { key: string; at: Date; answer: string };
}

/**
 * The last statements of a request: stores the answer, invalidates cards, signs events and appends them to their
 * chains. Returns the destinations of the cards. It fails when the key is taken.
 */
export async function finishRequest(
  tx: Transaction,
  request: FinishedRequest,
  signer: AuditSigner,
): Promise<Destination[]> {
  const { touched, events, answered } = request;
  const [destinations] = await Promise.all([
    Promise.all([...touched].map(([releaseId, shownTo]) => invalidateCards(tx, releaseId, shownTo))),
    answered && storeAnswer(tx, answered),
    // Last, so that the end of a chain which many share, the workspace's, is locked for no longer than it must be.
    events.length > 0 && appendAuditEvents(tx, events, signer),
  ]);
  return destinations.flat();
}

const storeAnswer = prepareQuery<NonNullable<FinishedRequest['answered']>, unknown>('store answer', (db) =>
  db.insert(inbox).values({
    key: sql.placeholder('key'),
    answer: sql.placeholder('answer'),
    receivedAt: sql.placeholder('at'),
  }),
);

/** The answer that a request got when it was first taken; null when it was not. */
export async function findFirstAnswer(db: Queries, key: string): Promise<unknown> {
  const [first] = await db.select({ answer: inbox.answer }).from(inbox).where(eq(inbox.key, key));
  return first?.answer ? JSON.parse(first.answer) : null;
}
