import { and, eq } from 'drizzle-orm';
import * as z from 'zod';
import type { Destination } from '../../core/address/destination.ts';
import { recordedDestination } from '../../core/address/list-member.ts';
import type { PostedMessage } from '../../core/address/posted-message.ts';
import type { Card } from '../../core/card/card.ts';
import { loadRelease, type Release } from '../../db/queries/load-release.ts';
import { lockRelease } from '../../db/queries/lock-release.ts';
import { deliveryFacts } from '../../db/schema/facts.ts';
import { deliveries } from '../../db/schema/outbox.ts';
import { correctFacts } from '../corrections/correct-facts.ts';
import { checkSystem } from '../kernel/permissions.ts';
import { done, type Result } from '../kernel/result.ts';
import type { Scope } from '../kernel/scope.ts';
import { describeDestination } from './notice.ts';

/** An attempt after which a delivery is not tried again. */
export const endedAttemptSchema = z.object({
  deliveryId: z.uuid(),
  /** The attempt that found out; another one may have been made since. */
  attempts: z.number().int(),
  reason: z.string(),
  /** The person for whom it was has no account any more that takes messages. */
  recipientIsGone: z.boolean().default(false),
  /** Nobody has to be told: its recipient wants it no longer. */
  isExpected: z.boolean().default(false),
});

/** What a notice about a delivery says. */
export interface NoticedDelivery {
  release: Release;
  releaseKey: string;
  place: string;
  subject: string;
  /** Null for a live card. */
  content: Card | null;
  destination: Destination;
}

/** What was said to one person, about no release. */
export interface PersonalDelivery {
  destination: Destination;
  subject: string;
  /** Null for a live card. */
  content: Card | null;
  replyTo: PostedMessage | null;
}

/** What is known of a delivery that has ended. */
interface EndedDelivery {
  /** False when another attempt was made, or it was settled, meanwhile. */
  isEnded: boolean;
  /** Null when it is of no release. */
  notice: NoticedDelivery | null;
  /** Null when it is of a release. */
  personal: PersonalDelivery | null;
}

/**
 * Ends a delivery without its being known to have arrived, audited.
 */
export async function endDelivery(
  scope: Scope,
  ended: z.infer<typeof endedAttemptSchema> & { state: 'failed' | 'unknown' },
): Promise<Result<EndedDelivery>> {
  const refusal = checkSystem(scope.ctx.actor);
  if (refusal) return { ok: false, refusal };
  const { deliveryId, attempts, reason, state } = ended;
  const stating = await lockStating(scope, deliveryId);
  const { id, releaseId, destination, subject, content, replyTo } = deliveries;
  const [row] = await scope.tx
    .update(deliveries)
    .set({ state, error: reason })
    .where(and(eq(id, deliveryId), eq(deliveries.state, 'sending'), eq(deliveries.attempts, attempts)))
    .returning({ releaseId, destination, subject, content, replyTo });
  if (!row) return done({ isEnded: false, notice: null, personal: null });
  const details = { destination: recordedDestination(row.destination), message: row.subject, reason };
  scope.audit({ action: `delivery.${state}`, releaseId: row.releaseId, subject: deliveryId, details });
  if (row.releaseId === null) return done({ isEnded: true, notice: null, personal: row });
  const release = await loadRelease(scope.tx, { id: row.releaseId });
  if (!release) return done({ isEnded: true, notice: null, personal: null });
  const place = describeDestination(release, row.destination);
  if (stating) await correctFacts(scope, release, null);
  const { subject: message, content: card } = row;
  const notice = {
    release,
    releaseKey: release.key,
    place,
    subject: message,
    content: card,
    destination: row.destination,
  };
  return done({ isEnded: true, notice, personal: null });
}

/** Locks the release of a message that states facts, since what has to be corrected follows from its end; else null. */
async function lockStating({ tx }: Scope, deliveryId: string): Promise<Release | null> {
  const { releaseId } = deliveryFacts;
  const isStating = eq(deliveryFacts.deliveryId, deliveryId);
  const [found] = await tx.select({ releaseId }).from(deliveryFacts).where(isStating);
  return found ? lockRelease(tx, { id: found.releaseId }) : null;
}
