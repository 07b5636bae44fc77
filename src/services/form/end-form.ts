import { eq } from 'drizzle-orm';
import * as z from 'zod';
import { findCardAt } from '../../db/queries/find-card.ts';
import { openForms } from '../../db/schema/open-forms.ts';
import { cards } from '../../db/schema/outbox.ts';
import type { Ctx } from '../kernel/context.ts';
import { checkSystem } from '../kernel/permissions.ts';
import { done, type Result } from '../kernel/result.ts';
import type { Scope } from '../kernel/scope.ts';
import { runVerb } from '../kernel/verb.ts';
import { formKind } from './form-kind.ts';

const inputSchema = z.object({
  channel: z.string(),
  messageId: z.string(),
  /** The platform may give one message under several ids of its place. */
  channelIds: z.array(z.string()),
});
type Input = z.infer<typeof inputSchema>;

/** A form in a message was submitted: the message keeps the answer that takes its place. Only tminus itself asks for it. */
export function endForm(args: { ctx: Ctx; input: Input }): Promise<Result<null>> {
  return runVerb({ name: 'form.end', input: inputSchema, run: end }, args);
}

async function end(scope: Scope, message: Input): Promise<Result<null>> {
  const refusal = checkSystem(scope.ctx.actor);
  if (refusal) return { ok: false, refusal };
  const card = await findCardAt(scope.tx, message);
  if (card?.kind !== formKind) return done(null);
  await scope.tx.delete(cards).where(eq(cards.id, card.id));
  await scope.tx.delete(openForms).where(eq(openForms.id, card.subjectId));
  return done(null);
}
