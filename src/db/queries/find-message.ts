import { eq } from 'drizzle-orm';
import type { Card } from '../../core/card/card.ts';
import { deliveries } from '../schema/outbox.ts';
import type { Queries } from '../transaction.ts';

/** What a delivery says, and of which release; null when it is of none, says nothing of its own, or is gone. */
export async function findMessage(
  db: Queries,
  deliveryId: string,
): Promise<{ content: Card; releaseId: string } | null> {
  const [row] = await db
    .select({ content: deliveries.content, releaseId: deliveries.releaseId })
    .from(deliveries)
    .where(eq(deliveries.id, deliveryId));
  return row?.content && row.releaseId ? { content: row.content, releaseId: row.releaseId } : null;
}
