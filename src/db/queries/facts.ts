import { and, asc, eq, isNotNull, sql } from 'drizzle-orm';
import type { Destination } from '../../core/address/destination.ts';
import type { PostedMessage } from '../../core/address/posted-message.ts';
import type { StatedFacts } from '../../core/facts/facts.ts';
import type { Statement } from '../../core/facts/plan-corrections.ts';
import type { ChangeCause } from '../../core/messages/correction-message.ts';
import { deliveryFacts } from '../schema/facts.ts';
import { deliveries } from '../schema/outbox.ts';
import { communications } from '../schema/release.ts';
import type { Queries, Transaction } from '../transaction.ts';

/** A message of a release that states facts. */
export interface StatedMessage extends Statement {
  destination: Destination;
  /** What it is: a communication's key, `correction`, `rescheduled`. */
  subject: string;
  /** As the schedule calls it; null when it is not of the schedule. */
  title: string | null;
  /** Whether it is of the schedule, and customers read it. */
  isForCustomers: boolean;
  /** Where it was posted; null when that is not known. */
  posted: PostedMessage | null;
  /** The message below which it was posted; null: it stands by itself. */
  replyTo: PostedMessage | null;
  cause: ChangeCause | null;
  /** When it was put into the outbox; epoch ms of the release's clock. */
  at: number;
}

/** Everything that a release has said or is about to say, in the order in which it is read at each destination. */
export async function loadStatements(db: Queries, releaseId: string): Promise<StatedMessage[]> {
  const { id, destination, subject, state, messageId, channelId, replyTo, createdAt } = deliveries;
  const { states, corrects, cause, saidSeq } = deliveryFacts;
  const title = sql<string | null>`${communications.item} ->> 'title'`;
  const isForCustomers = sql<boolean>`coalesce(${communications.item} ->> 'customerFacing', 'false') = 'true'`;
  const sent = { id, destination, subject, state, messageId, channelId, replyTo, createdAt };
  const rows = await db
    .select({ ...sent, states, corrects, cause, title, isForCustomers })
    .from(deliveryFacts)
    .innerJoin(deliveries, eq(id, deliveryFacts.deliveryId))
    .leftJoin(communications, eq(communications.id, deliveries.communicationId))
    .where(eq(deliveryFacts.releaseId, releaseId))
    .orderBy(asc(saidSeq));
  return rows.map(({ messageId: message, channelId: channel, createdAt: at, ...row }) => ({
    ...row,
    posted: message === null || channel === null ? null : { messageId: message, channelId: channel },
    at: at.getTime(),
  }));
}

/** The facts that one message states; undefined when it states none. */
export async function statedBy(db: Queries, deliveryId: string): Promise<StatedFacts | undefined> {
  const { states } = deliveryFacts;
  const [row] = await db
    .select({ states })
    .from(deliveryFacts)
    .where(eq(deliveryFacts.deliveryId, deliveryId));
  return row?.states;
}

/** Keeps the corrections of a release that wait from being sent until the transaction ends. */
export async function lockWaitingCorrections(tx: Transaction, releaseId: string): Promise<void> {
  await tx
    .select({ id: deliveries.id })
    .from(deliveries)
    .innerJoin(deliveryFacts, eq(deliveryFacts.deliveryId, deliveries.id))
    .where(
      and(
        eq(deliveries.releaseId, releaseId),
        eq(deliveries.state, 'pending'),
        isNotNull(deliveryFacts.corrects),
      ),
    )
    .orderBy(asc(deliveries.seq))
    .for('update', { of: deliveries });
}
