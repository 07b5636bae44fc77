import type { JobServices } from '../job-services.ts';
import { claimDeliveries } from './claim-deliveries.ts';
import type { Claim, ClaimedDelivery } from './delivery-claim.ts';
import { groupCalls } from './group-calls.ts';
import { recordSent, type Sent } from './record-sent.ts';

/** The rows of the outbox as the drains of a process work on them. */
export interface DeliveryRows {
  /**
   * Claims the oldest open row of a destination, if its pace and its own wait allow. A row in `sending`
   * whose claim has run out was interrupted: it is claimed with `mayHaveArrived`.
   */
  claim(destination: string): Promise<Claim>;
  /**
   * Records the platform's message id, and that a live card now shows what was rendered. In the same statement
   * it takes the destination's next turn.
   */
  recordSent(sent: Sent): Promise<Claim>;
}

/** How an attempt that did not post a delivery is followed by another. */
export interface Retry {
  afterMs: number;
  /** Why it was not posted, free of secrets. */
  note: string;
  mayHaveArrived: boolean;
}

/** More would keep the first of a group waiting for the last. */
const maxInGroup = 100;

/**
 * The drains of a process ask for one row each; what they ask at the same time goes out in one statement. So
 * a burst over many destinations costs a few commits and not one a message.
 */
export function createDeliveryRows(jobs: JobServices): DeliveryRows {
  const claim = groupCalls((destinations: readonly string[]) => claimDeliveries(jobs, destinations), {
    keyOf: (destination) => destination,
    most: maxInGroup,
  });
  const record = groupCalls((sent: readonly Sent[]) => recordSent(jobs, sent), {
    keyOf: ({ delivery }) => delivery.destination,
    most: maxInGroup,
  });
  return {
    claim,
    // Another drain has taken the delivery over: that one goes on from here, and the rows say what is left.
    recordSent: async (sent) => (await record(sent)) ?? claim(sent.delivery.destination),
  };
}

/**
 * Renews a claim of which a part has passed before the attempt: by a look-up, by drawing a card, or by waiting
 * for the statement that claimed it. False: another drain has taken the delivery over, and this one must not
 * send it.
 */
export async function renewClaim(jobs: JobServices, delivery: ClaimedDelivery): Promise<boolean> {
  const { rowCount } = await jobs.db.pool.query({
    name: 'renew-claim',
    text: `update deliveries set not_before = $3 where id = $1 and state = 'sending' and attempts = $2`,
    values: [delivery.id, delivery.attempts, new Date(jobs.clock.wall() + jobs.settings.claimLeaseMs)],
  });
  return rowCount === 1;
}

/**
 * Puts a delivery back for another try; one that may have arrived stays `sending` and is looked up first. The
 * first time is noted: from then on it is failing.
 */
export async function returnDelivery(
  jobs: JobServices,
  delivery: ClaimedDelivery,
  { afterMs, note, mayHaveArrived }: Retry,
): Promise<void> {
  const wall = jobs.clock.wall();
  await jobs.db.pool.query({
    name: 'return-delivery',
    text: `update deliveries set state = $3, not_before = $4, error = $5,
        failing_since = coalesce(failing_since, $6)
      where id = $1 and state = 'sending' and attempts = $2`,
    values: [
      delivery.id,
      delivery.attempts,
      mayHaveArrived ? 'sending' : 'pending',
      new Date(wall + afterMs),
      note,
      new Date(wall),
    ],
  });
}
