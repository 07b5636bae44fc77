import { and, eq, inArray } from 'drizzle-orm';
import { cards } from '../schema/outbox.ts';
import type { Queries } from '../transaction.ts';

/** The live card that a message is; null when it is none. */
export async function findCardAt(
  db: Queries,
  at: { channel: string; messageId: string; channelIds: readonly string[] },
): Promise<typeof cards.$inferSelect | null> {
  const found = await db
    .select()
    .from(cards)
    .where(and(eq(cards.messageId, at.messageId), inArray(cards.channelId, [...at.channelIds])));
  return found.find(({ destination }) => destination.channel === at.channel) ?? null;
}
