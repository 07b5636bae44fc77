import { and, eq, isNull } from 'drizzle-orm';
import * as z from 'zod';
import { encodeDestination } from '../../core/address/destination.ts';
import { greetingMessage } from '../../core/messages/greeting-message.ts';
import { conversations } from '../../db/schema/conversations.ts';
import type { Ctx } from '../kernel/context.ts';
import { insertDelivery } from '../kernel/effects.ts';
import { checkSystem } from '../kernel/permissions.ts';
import { done, type Result } from '../kernel/result.ts';
import type { Scope } from '../kernel/scope.ts';
import { runVerb } from '../kernel/verb.ts';

/** What a greeting is called in the outbox. */
export const greetingSubject = 'greeting';

const inputSchema = z.object({
  platform: z.string(),
  /** Where tminus was added: a person's chat, or a group of channels. */
  kind: z.enum(['person', 'group']),
  id: z.string().min(1),
  /** In which channel a group is greeted; of a person, null. */
  channelId: z.string().nullable(),
});
type Input = z.infer<typeof inputSchema>;

/**
 * Says once where tminus was added what it does and how to begin; the conversation is known already. Somebody who
 * removes it and adds it again is not greeted again.
 */
export function greetPlace(args: { ctx: Ctx; input: Input }): Promise<Result<{ greeted: boolean }>> {
  return runVerb({ name: 'conversation.greet', input: inputSchema, run: greet }, args);
}

async function greet(scope: Scope, input: Input): Promise<Result<{ greeted: boolean }>> {
  const refusal = checkSystem(scope.ctx.actor);
  if (refusal) return { ok: false, refusal };
  const { platform, kind, id, channelId } = input;
  const [place] = await scope.tx
    .update(conversations)
    .set({ greetedAt: new Date(scope.ctx.clock.wall()) })
    .where(
      and(
        eq(conversations.platform, platform),
        eq(conversations.kind, kind),
        eq(conversations.id, id),
        isNull(conversations.greetedAt),
      ),
    )
    .returning({ id: conversations.id });
  if (!place) return done({ greeted: false });
  const destination =
    channelId === null
      ? ({ channel: platform, kind: 'person', id } as const)
      : ({ channel: platform, kind: 'channel', id: channelId } as const);
  await insertDelivery(scope, {
    releaseId: null,
    destination,
    subject: greetingSubject,
    content: greetingMessage(kind),
  });
  const details = { destination: encodeDestination(destination) };
  scope.audit({ action: 'conversation.greeted', releaseId: null, details });
  return done({ greeted: true });
}
