import { and, eq, inArray, isNotNull, isNull, notExists, notInArray } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import * as z from 'zod';
import type { Destination } from '../../core/address/destination.ts';
import { recordedDestination } from '../../core/address/list-member.ts';
import type { Card } from '../../core/card/card.ts';
import { delayedDeliveryMessage } from '../../core/messages/delivery-message.ts';
import type { Release } from '../../db/queries/load-release.ts';
import { lockRelease } from '../../db/queries/lock-release.ts';
import { cards, deliveries } from '../../db/schema/outbox.ts';
import type { Ctx } from '../kernel/context.ts';
import { checkSystem } from '../kernel/permissions.ts';
import { done, type Result } from '../kernel/result.ts';
import type { Scope } from '../kernel/scope.ts';
import { runVerb } from '../kernel/verb.ts';
import { describeDestination, noticeSubjects, notifyReleaseManager, unnoticedSubjects } from './notice.ts';

const inputSchema = z.object({
  deliveryId: z.uuid(),
  releaseId: z.uuid(),
  /** The attempt that failed; another one may have been made since. */
  attempts: z.number().int(),
});
type Input = z.infer<typeof inputSchema>;

/**
 * Notifies the release manager, once, that a message has been failing for long and goes on being tried. Nothing is
 * sent while an earlier such notice of the release waits itself, nor about a notice.
 */
export function notifyDelay(args: { ctx: Ctx; input: Input }): Promise<Result<{ notified: boolean }>> {
  return runVerb({ name: 'delivery.notify-delay', input: inputSchema, run: notify }, args);
}

async function notify(scope: Scope, input: Input): Promise<Result<{ notified: boolean }>> {
  const refusal = checkSystem(scope.ctx.actor, { releaseId: input.releaseId });
  if (refusal) return { ok: false, refusal };
  // Under its lock the notice of another message is seen, should that be sent at the same moment.
  const release = await lockRelease(scope.tx, { id: input.releaseId });
  if (!release) return done({ notified: false });
  const wall = scope.ctx.clock.wall();
  const row = await markNotified(scope, input, wall);
  if (!row) return done({ notified: false });
  const { destination, subject: message, failingSince, error: reason } = row;
  const details = {
    destination: recordedDestination(destination),
    message,
    failingSince: failingSince?.toISOString(),
    reason,
  };
  scope.audit({ action: 'delivery.delayed', releaseId: release.id, subject: input.deliveryId, details });
  // Whoever knows that the place is closed knows what to fix.
  if (await hasClosedCard(scope, input, destination)) return done({ notified: false });
  await notifyReleaseManager(scope, release, { kind: 'delayed', content: delayNotice(release, row, wall) });
  return done({ notified: true });
}

type DelayedRow = NonNullable<Awaited<ReturnType<typeof markNotified>>>;

/** Undefined when there is nothing to say, or nothing yet. */
async function markNotified({ tx }: Scope, { deliveryId, releaseId, attempts }: Input, wall: number) {
  const notice = alias(deliveries, 'notice');
  const waitingNotice = tx
    .select({ id: notice.id })
    .from(notice)
    .where(
      and(
        eq(notice.releaseId, releaseId),
        eq(notice.subject, noticeSubjects.delayed),
        inArray(notice.state, ['pending', 'sending']),
      ),
    );
  const { destination, subject, content, state, failingSince, error } = deliveries;
  const [row] = await tx
    .update(deliveries)
    .set({ delayNotifiedAt: new Date(wall) })
    .where(
      and(
        eq(deliveries.id, deliveryId),
        eq(deliveries.releaseId, releaseId),
        eq(deliveries.attempts, attempts),
        inArray(state, ['pending', 'sending']),
        isNotNull(failingSince),
        isNull(deliveries.delayNotifiedAt),
        notInArray(subject, [...unnoticedSubjects]),
        notExists(waitingNotice),
      ),
    )
    .returning({ destination, subject, content, state, failingSince, error });
  return row;
}

/** A live card of the place can't be edited, of which the release manager was notified. */
async function hasClosedCard(
  { tx }: Scope,
  { releaseId }: Input,
  destination: Destination,
): Promise<boolean> {
  const isThere = and(eq(cards.releaseId, releaseId), eq(cards.destination, destination));
  const found = await tx
    .select({ id: cards.id })
    .from(cards)
    .where(and(isThere, isNotNull(cards.closedSince)));
  return found.length > 0;
}

function delayNotice(release: Release, row: DelayedRow, wall: number): Card {
  return delayedDeliveryMessage({
    releaseKey: release.key,
    place: describeDestination(release, row.destination),
    subject: row.subject,
    content: row.content,
    at: wall,
    failingSince: row.failingSince?.getTime() ?? wall,
    zone: release.plan.goLive.zone,
    mayHaveArrived: row.state === 'sending',
    lastError: row.error ?? '',
  });
}
