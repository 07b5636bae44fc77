import { and, eq } from 'drizzle-orm';
import { deliveries } from '../../db/schema/outbox.ts';
import type { ClaimedDelivery } from './claim-delivery.ts';

/** The delivery's row, as long as nobody else has claimed or settled it since. */
export function claimedRow({ id, attempts }: Pick<ClaimedDelivery, 'id' | 'attempts'>) {
  return and(eq(deliveries.id, id), eq(deliveries.state, 'sending'), eq(deliveries.attempts, attempts));
}
