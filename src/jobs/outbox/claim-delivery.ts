import { type Destination, encodeDestination } from '../../core/address/destination.ts';
import type { Card } from '../../core/card/card.ts';
import type { MessageAbout } from '../../core/messages/message-about.ts';
import type { deliveries } from '../../db/schema/outbox.ts';
import { maxSkewMs, maxWaitMs } from '../../lib/left-to-wait.ts';
import type { PostedMessage } from '../../services/ports/message-channel.ts';
import type { JobServices } from '../job-services.ts';
import { postIntervalMs } from '../pace.ts';

/** A delivery that this job may send now. */
export interface ClaimedDelivery {
  id: string;
  /** Null when it is of no release. */
  releaseId: string | null;
  destination: Destination;
  /** What it is, as its row calls it. */
  subject: string;
  attempts: number;
  /** Null for a live card that is rendered from other rows as it is sent. */
  content: Card | null;
  about: MessageAbout | null;
  cardId: string | null;
  /** The message below which it is posted. */
  replyTo: PostedMessage | undefined;
  /** An earlier attempt was interrupted, or its end is not known. */
  mayHaveArrived: boolean;
  /** Wall clock, epoch ms: when that attempt began. Of no meaning without one. */
  interruptedAt: number;
  /** Wall clock, epoch ms: when it was claimed, or seen to be still ours; the lease is counted from here. */
  claimedAt: number;
  /** Release clock, epoch ms: no attempt was made before. */
  since: number;
  /** Wall clock, epoch ms: when an attempt first did not post it; null when none has failed. */
  failingSince: number | null;
  /** The release manager knows that it waits. */
  isDelayNotified: boolean;
  /** Release clock, epoch ms: when it was to be sent. */
  createdAt: number;
}

type Row = typeof deliveries.$inferSelect;
type ClaimedRow = Pick<
  Row,
  | 'id'
  | 'releaseId'
  | 'subject'
  | 'attempts'
  | 'content'
  | 'about'
  | 'cardId'
  | 'replyTo'
  | 'failingSince'
  | 'delayNotifiedAt'
  | 'createdAt'
> & { sendingSince: NonNullable<Row['sendingSince']>; mayHaveArrived: boolean; interruptedAt: Date | null };

/**
 * A claim that is older belongs to nobody any more when its process was not seen for as long, or does not know of
 * it. Longer than a process takes to begin a request once it has seen that the claim is its own. Milliseconds.
 */
export const leftBehindAfterMs = 6_000;

/**
 * Claims the oldest open delivery to a destination, for as long as a lease lasts; null when there is none, or its
 * time has not come. One that is found in `sending` was interrupted or ended unclear. An instant further ahead than
 * any that is set was left by a clock that was wrong, and so was one that an attempt has set which is still to come.
 * A claim that was left behind does not last.
 */
export async function claimDelivery(
  { db, channels, clock, settings, processId, heldDeliveries }: JobServices,
  destination: Destination,
): Promise<ClaimedDelivery | null> {
  const wall = clock.wall();
  const { rows } = await db.$client.query<ClaimedRow>({
    name: 'claim-delivery',
    // The row's own wait is looked at again as it is updated: another drain may have claimed it a moment ago.
    // Materialized: as a subquery it may be run again for every row, and would claim one after the other.
    text: `with head as materialized (
        select id, state, sending_at from deliveries where destination = $1 and state in ('pending', 'sending')
        order by seq limit 1 for update
      )
      update deliveries d set state = 'sending', attempts = d.attempts + 1, sending_at = $2,
        sending_since = coalesce(d.sending_since, $3), not_before = $4, claimed_by = $8,
        reply_to = case when d.below is null or d.reply_to is not null then d.reply_to else (
          select jsonb_build_object('messageId', message_id,
              'channelId', channel_id)
            from deliveries where id = d.below and message_id is not null and channel_id is not null
        ) end
      from head
      where d.id = head.id
        and (
          d.not_before is null or d.not_before <= $2 or d.not_before > $5 or d.sending_at > $7
          or d.claimed_by = $8 and d.id <> all($9::uuid[]) and d.sending_at <= $10
          or d.claimed_by <> $8 and d.sending_at <= $10 and not exists (
            select from processes where id = d.claimed_by and seen_at > now() - $11::float8 * interval '1 ms'
          )
        )
        and not exists (
          select from paces where kind = 'post' and paces.destination = $1 and next_at > $2 and next_at <= $6
        )
      returning d.id, d.release_id as "releaseId", d.subject, d.attempts, d.content, d.about, d.card_id as "cardId",
        d.reply_to as "replyTo", head.state = 'sending' as "mayHaveArrived", head.sending_at as "interruptedAt",
        d.sending_since as "sendingSince",
        d.failing_since as "failingSince", d.created_at as "createdAt", d.delay_notified_at as "delayNotifiedAt"`,
    values: [
      encodeDestination(destination),
      new Date(wall),
      new Date(clock.now()),
      new Date(wall + settings.claimLeaseMs),
      new Date(wall + maxWaitMs),
      new Date(wall + postIntervalMs(channels, destination)),
      new Date(wall + maxSkewMs),
      processId,
      [...heldDeliveries],
      new Date(wall - leftBehindAfterMs),
      leftBehindAfterMs,
    ],
  });
  return rows[0] ? toClaimed(rows[0], destination, wall) : null;
}

function toClaimed(row: ClaimedRow, destination: Destination, claimedAt: number): ClaimedDelivery {
  return {
    id: row.id,
    releaseId: row.releaseId,
    destination,
    subject: row.subject,
    attempts: row.attempts,
    content: row.content,
    about: row.about,
    cardId: row.cardId,
    replyTo: row.replyTo ?? undefined,
    mayHaveArrived: row.mayHaveArrived,
    interruptedAt: row.interruptedAt?.getTime() ?? 0,
    claimedAt,
    since: row.sendingSince.getTime(),
    failingSince: row.failingSince?.getTime() ?? null,
    isDelayNotified: row.delayNotifiedAt !== null,
    createdAt: row.createdAt.getTime(),
  };
}
