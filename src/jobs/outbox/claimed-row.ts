import { and, eq, type SQL } from 'drizzle-orm';
import { deliveries } from '../../db/schema/outbox.ts';
import type { ClaimedDelivery } from './claim-delivery.ts';

type Claim = Pick<ClaimedDelivery, 'id' | 'attempts'>;

/** The delivery's row, as long as nobody else has claimed or settled it since. */
export function claimedRow({ id, attempts }: Claim | Record<keyof Claim, SQL>) {
  return and(eq(deliveries.id, id), eq(deliveries.state, 'sending'), eq(deliveries.attempts, attempts));
}
