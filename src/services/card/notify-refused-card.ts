import { and, eq, isNull } from 'drizzle-orm';
import * as z from 'zod';
import { encodeDestination } from '../../core/address/destination.ts';
import { refusedCardMessage } from '../../core/messages/card-message.ts';
import { lockRelease } from '../../db/queries/lock-release.ts';
import { cards } from '../../db/schema/outbox.ts';
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
  /** In the channel's words. */
  reason: z.string(),
});
type Input = z.infer<typeof inputSchema>;

/**
 * Records that a channel refuses what a live card has to show, and notifies the release manager that it is out of
 * date, once until it has been updated.
 */
export function notifyRefusedCard(args: { ctx: Ctx; input: Input }): Promise<Result<{ notified: boolean }>> {
  return runVerb({ name: 'card.notify-refused', input: inputSchema, run: notify }, args);
}

async function notify(
  scope: Scope,
  { cardId, releaseId, reason }: Input,
): Promise<Result<{ notified: boolean }>> {
  const refusal = checkSystem(scope.ctx.actor, { releaseId });
  if (refusal) return { ok: false, refusal };
  const release = await lockRelease(scope.tx, { id: releaseId });
  const card = release && (await markRefused(scope, cardId));
  if (!release || !card) return done({ notified: false });
  const { kind, destination } = card;
  const details = { destination: encodeDestination(destination), kind, reason };
  scope.audit({ action: 'card.refused', releaseId, subject: cardId, details });
  // It is one person's own card.
  if (kind === followedKind) return done({ notified: false });
  const content = refusedCardMessage({
    releaseKey: release.key,
    place: describeDestination(release, destination),
    reason,
    insteadOf: kind === 'rollout' ? 'status' : 'show',
  });
  await notifyReleaseManager(scope, release, { kind: 'refused', content });
  return done({ notified: true });
}

/** Undefined when that is recorded already. */
async function markRefused({ tx, ctx }: Scope, cardId: string) {
  const { id, kind, destination, refusedSince } = cards;
  const [card] = await tx
    .update(cards)
    .set({ refusedSince: new Date(ctx.clock.wall()) })
    .where(and(eq(id, cardId), isNull(refusedSince)))
    .returning({ kind, destination });
  return card;
}
