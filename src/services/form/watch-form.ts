import * as z from 'zod';
import { cards } from '../../db/schema/outbox.ts';
import type { Ctx } from '../kernel/context.ts';
import { checkSystem } from '../kernel/permissions.ts';
import { done, type Result } from '../kernel/result.ts';
import type { Scope } from '../kernel/scope.ts';
import { runVerb } from '../kernel/verb.ts';
import { formKind } from './form-kind.ts';
import { keepOpenForm } from './keep-open-form.ts';

const inputSchema = z.object({
  form: z.object({ name: z.string(), metadata: z.record(z.string(), z.string()).optional() }),
  /** The platform that shows it. */
  channel: z.string(),
  /** The form as the platform knows it, and the state in which it was opened: one that has changed since is left alone. */
  view: z.object({ id: z.string().min(1), hash: z.string() }),
});
type Input = z.infer<typeof inputSchema>;

/**
 * Somebody has a form open, on a platform that lets it be changed: from now on it is a live card of its release. It is
 * drawn at once, since it may have become untrue while it was opening. Only tminus itself asks for it.
 */
export function watchForm(args: { ctx: Ctx; input: Input }): Promise<Result<null>> {
  return runVerb({ name: 'form.watch', input: inputSchema, run: watch }, args);
}

async function watch(scope: Scope, { form, channel, view }: Input): Promise<Result<null>> {
  const refusal = checkSystem(scope.ctx.actor);
  if (refusal) return { ok: false, refusal };
  const subjectId = scope.ctx.newId();
  const releaseId = await keepOpenForm(scope, subjectId, form);
  if (releaseId === null) return done(null);
  const destination = { channel, kind: 'form' as const, id: view.id };
  await scope.tx.insert(cards).values({
    id: scope.ctx.newId(),
    releaseId,
    kind: formKind,
    subjectId,
    destination,
    messageId: view.id,
    channelId: view.hash,
  });
  scope.notify({ job: 'card', destination });
  return done(null);
}
