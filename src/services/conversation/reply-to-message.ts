import * as z from 'zod';
import { encodeDestination } from '../../core/address/destination.ts';
import type { Card } from '../../core/card/card.ts';
import { isFormCard } from '../../core/card/form-card.ts';
import { deliveries } from '../../db/schema/outbox.ts';
import { watchMessage } from '../form/watch-message.ts';
import type { Ctx } from '../kernel/context.ts';
import { done, type Result, refuse } from '../kernel/result.ts';
import type { Scope } from '../kernel/scope.ts';
import { runVerb } from '../kernel/verb.ts';

/** What the replies to people who write to tminus are called in the outbox. */
export const replySubject = 'reply';

const inputSchema = z.object({
  /** Where somebody wrote. */
  destination: z.object({ channel: z.string(), kind: z.enum(['channel', 'person']), id: z.string().min(1) }),
  /** The message below which the reply is posted; null where it stands by itself. */
  replyTo: z.object({ messageId: z.string(), channelId: z.string() }).nullable(),
  content: z.custom<Card>((value) => typeof value === 'object' && value !== null),
});
type Input = z.infer<typeof inputSchema>;

/**
 * Answers somebody who wrote to tminus, or mentioned it, where they did. Anybody of the workspace may ask; a platform
 * that sends their message again gets no second answer.
 */
export function replyToMessage(args: { ctx: Ctx; input: Input }): Promise<Result<null>> {
  return runVerb({ name: 'message.reply', input: inputSchema, run: reply }, args);
}

async function reply(scope: Scope, { destination, replyTo, content }: Input): Promise<Result<null>> {
  const { actor } = scope.ctx;
  if (actor.kind !== 'person') return refuse('not-permitted', 'Only people in the workspace are answered.');
  const isOther = destination.kind === 'person' && destination.id !== actor.identity.id;
  if (isOther || destination.channel !== actor.identity.platform) {
    return refuse('not-permitted', 'A message is answered where it was written.');
  }
  const id = scope.ctx.newId();
  const cardId = isFormCard(content)
    ? await watchMessage(scope, { id, form: content.form, destination })
    : null;
  await scope.tx.insert(deliveries).values({
    id,
    cardId,
    destination,
    subject: replySubject,
    content,
    replyTo,
    createdAt: new Date(scope.now),
  });
  scope.audit({
    action: 'message.replied',
    releaseId: null,
    details: { destination: encodeDestination(destination) },
  });
  scope.notify({ job: 'delivery', destination });
  return done(null);
}
