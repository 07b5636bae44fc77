import { and, between, eq } from 'drizzle-orm';
import * as z from 'zod';
import { encodeDestination } from '../../core/address/destination.ts';
import { cards, deliveries } from '../../db/schema/outbox.ts';
import type { Ctx } from '../kernel/context.ts';
import { insertDelivery } from '../kernel/effects.ts';
import { checkSystem } from '../kernel/permissions.ts';
import { done, type Result } from '../kernel/result.ts';
import type { Scope } from '../kernel/scope.ts';
import { runVerb } from '../kernel/verb.ts';

/** Where edits are refused, changes that follow each other within this time share one new message. */
const minMsBetween = 20_000;

const inputSchema = z.object({
  cardId: z.uuid(),
  /** The message that can't be edited. */
  message: z.object({ messageId: z.string(), channelId: z.string() }),
  cause: z.enum(['gone', 'not-editable']),
  /** In the channel's words. */
  reason: z.string(),
});
type Input = z.infer<typeof inputSchema>;

/**
 * Posts a live card anew because its message can't be edited: the row lets go of the old message and a new one goes
 * through the outbox. A message that is still there will point to the new one. `replaced` is false when another job
 * was first, or the message is so new that the card has to wait.
 */
export function replaceCard(args: { ctx: Ctx; input: Input }): Promise<Result<{ replaced: boolean }>> {
  return runVerb({ name: 'card.replace', input: inputSchema, run: replace }, args);
}

async function replace(scope: Scope, input: Input): Promise<Result<{ replaced: boolean }>> {
  const refusal = checkSystem(scope.ctx.actor);
  if (refusal) return { ok: false, refusal };
  const { cardId, message, cause, reason } = input;
  if (cause === 'not-editable' && (await isNew(scope, cardId))) return done({ replaced: false });
  const card = await letGo(scope, input);
  if (!card?.releaseId) return done({ replaced: false });
  const { releaseId, destination, kind } = card;
  const details = { destination: encodeDestination(destination), kind, messageId: message.messageId, reason };
  scope.audit({ action: 'card.replaced', releaseId, subject: cardId, details });
  await insertDelivery(scope, { releaseId, destination, subject: `card:${kind}`, cardId });
  return done({ replaced: true });
}

/** Undefined when the card has another message by now. */
async function letGo({ tx }: Scope, { cardId, message, cause }: Input) {
  const nothingShown = { messageId: null, channelId: null, renderedRevision: 0, renderedHash: null };
  const { id, releaseId, destination, kind, messageId, channelId } = cards;
  const [card] = await tx
    .update(cards)
    .set({
      ...nothingShown,
      ...{ renderedGist: null, closedSince: null, refusedSince: null },
      ...{ attempts: 0, notBefore: null, error: null },
      replaces: cause === 'not-editable' ? message : null,
    })
    .where(and(eq(id, cardId), eq(messageId, message.messageId), eq(channelId, message.channelId)))
    .returning({ releaseId, destination, kind });
  return card;
}

async function isNew({ tx, ctx }: Scope, cardId: string): Promise<boolean> {
  const wall = ctx.clock.wall();
  const posted = and(
    eq(deliveries.cardId, cardId),
    between(deliveries.sentAt, new Date(wall - minMsBetween), new Date(wall)),
  );
  const [row] = await tx.select({ id: deliveries.id }).from(deliveries).where(posted).limit(1);
  return row !== undefined;
}
