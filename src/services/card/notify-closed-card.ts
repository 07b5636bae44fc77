import { and, eq, inArray, isNotNull, isNull, ne } from 'drizzle-orm';
import * as z from 'zod';
import { type Destination, encodeDestination } from '../../core/address/destination.ts';
import { closedCardMessage } from '../../core/messages/card-message.ts';
import { lockRelease } from '../../db/queries/lock-release.ts';
import { cards, deliveries } from '../../db/schema/outbox.ts';
import { describeDestination, notifyReleaseManager } from '../delivery/notice.ts';
import { followedKind } from '../follow/followed-names.ts';
import type { Ctx } from '../kernel/context.ts';
import { checkSystem } from '../kernel/permissions.ts';
import { done, type Result } from '../kernel/result.ts';
import type { Scope } from '../kernel/scope.ts';
import { runVerb } from '../kernel/verb.ts';

const inputSchema = z.object({
  cardId: z.uuid(),
  releaseId: z.uuid(),
  /** What has to be mended, in the channel's words. */
  reason: z.string(),
});
type Input = z.infer<typeof inputSchema>;

/**
 * Records that a live card can't be edited because its place is closed to tminus, and notifies the release manager
 * of what to fix, once for each place until it is open again.
 */
export function notifyClosedCard(args: { ctx: Ctx; input: Input }): Promise<Result<{ notified: boolean }>> {
  return runVerb({ name: 'card.notify-closed', input: inputSchema, run: notify }, args);
}

async function notify(scope: Scope, input: Input): Promise<Result<{ notified: boolean }>> {
  const { cardId, releaseId, reason } = input;
  const refusal = checkSystem(scope.ctx.actor, { releaseId });
  if (refusal) return { ok: false, refusal };
  const release = await lockRelease(scope.tx, { id: releaseId });
  const card = release && (await markClosed(scope, cardId));
  if (!release || !card) return done({ notified: false });
  const { kind, destination } = card;
  const details = { destination: encodeDestination(destination), kind, reason };
  scope.audit({ action: 'card.closed', releaseId, subject: cardId, details });
  // It is one person's own card.
  if (kind === followedKind) return done({ notified: false });
  if (await isNotifiedOf(scope, input, destination)) return done({ notified: false });
  const place = describeDestination(release, destination);
  const content = closedCardMessage({ releaseKey: release.key, place, reason });
  await notifyReleaseManager(scope, release, { kind: 'closed', content });
  return done({ notified: true });
}

/** Undefined when that is recorded already. */
async function markClosed({ tx, ctx }: Scope, cardId: string) {
  const { id, kind, destination, closedSince } = cards;
  const [card] = await tx
    .update(cards)
    .set({ closedSince: new Date(ctx.clock.wall()) })
    .where(and(eq(id, cardId), isNull(closedSince)))
    .returning({ kind, destination });
  return card;
}

/** By another card of the place, or by a message that waits there. */
async function isNotifiedOf(
  { tx }: Scope,
  { cardId, releaseId }: Input,
  destination: Destination,
): Promise<boolean> {
  const closedCards = await tx
    .select({ id: cards.id })
    .from(cards)
    .where(
      and(
        eq(cards.releaseId, releaseId),
        eq(cards.destination, destination),
        isNotNull(cards.closedSince),
        ne(cards.id, cardId),
      ),
    );
  const waiting = await tx
    .select({ id: deliveries.id })
    .from(deliveries)
    .where(
      and(
        eq(deliveries.releaseId, releaseId),
        eq(deliveries.destination, destination),
        inArray(deliveries.state, ['pending', 'sending']),
        isNotNull(deliveries.delayNotifiedAt),
      ),
    );
  return closedCards.length + waiting.length > 0;
}
