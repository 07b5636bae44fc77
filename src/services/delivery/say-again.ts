import { and, count, eq, gt, sql } from 'drizzle-orm';
import type { Destination } from '../../core/address/destination.ts';
import type { Card } from '../../core/card/card.ts';
import { repeatedMessage } from '../../core/messages/repeated-message.ts';
import { deliveries } from '../../db/schema/outbox.ts';
import { insertDelivery } from '../kernel/effects.ts';
import type { Scope } from '../kernel/scope.ts';
import type { PersonalDelivery } from './end-delivery.ts';

/** What is said again is called so in the outbox. */
export const repeatedSubject = 'said-again';

/** Where nothing is known to arrive, it ends: so often within an hour of the release's clock. */
const timesMax = 3;
const withinMs = 60 * 60_000;

/**
 * Says something again to the person who may not have got it, such as the answer to what they typed: no release manager
 * would know of it, and nobody can be asked about an answer that they have not seen. It says itself that it may be the
 * second.
 */
export async function sayAgain(
  scope: Scope,
  { destination, subject, content: lost, replyTo }: PersonalDelivery,
): Promise<void> {
  // Once more, it says nothing new.
  const content = lost && subject === repeatedSubject ? lost : repeatedMessage(lost);
  if ((await timesSaid(scope, destination, content)) >= timesMax) return;
  await insertDelivery(scope, {
    releaseId: null,
    destination,
    subject: repeatedSubject,
    content,
    ...(replyTo ? { replyTo } : {}),
  });
}

async function timesSaid({ tx, now }: Scope, destination: Destination, content: Card): Promise<number> {
  const [row] = await tx
    .select({ times: count() })
    .from(deliveries)
    .where(
      and(
        eq(deliveries.destination, destination),
        eq(deliveries.subject, repeatedSubject),
        gt(deliveries.createdAt, new Date(now - withinMs)),
        sql`${deliveries.content} = ${JSON.stringify(content)}::jsonb`,
      ),
    );
  return row?.times ?? 0;
}
