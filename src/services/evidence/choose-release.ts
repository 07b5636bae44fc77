import { and, eq } from 'drizzle-orm';
import * as z from 'zod';
import type { AddedMessage } from '../../core/evidence/added-message.ts';
import { notedMessages } from '../../db/schema/evidence.ts';
import type { Ctx } from '../kernel/context.ts';
import { loadForRequest, rightTo } from '../kernel/load-for-request.ts';
import { done, type Result, refuse } from '../kernel/result.ts';
import type { Scope } from '../kernel/scope.ts';
import { runVerb } from '../kernel/verb.ts';
import { type AddedEvidence, insertEvidence } from './insert-evidence.ts';

const inputSchema = z.object({
  noteId: z.uuid('This form is out of date: choose “Add to the record” on the message again.'),
  releaseKey: z.string(),
});
type Input = z.infer<typeof inputSchema>;

/** Adds the message that somebody has noted to the record of the release that they chose. */
export function chooseRelease(args: { ctx: Ctx; input: Input }): Promise<Result<AddedEvidence>> {
  const verb = { name: 'evidence.add', input: inputSchema, run, checkRight: rightTo('evidence.add') };
  return runVerb(verb, args);
}

async function run(scope: Scope, { noteId, releaseKey }: Input): Promise<Result<AddedEvidence>> {
  const loaded = await loadForRequest(scope, releaseKey, 'evidence.add');
  if (!loaded.ok) return loaded;
  const message = await takeNoted(scope, noteId);
  if (!message.ok) return { ok: false, refusal: { ...message.refusal, releaseId: loaded.value.id } };
  return insertEvidence(scope, loaded.value, message.value);
}

/** Only whoever noted a message can use it; once it is in a record, or a day later, it is gone. */
async function takeNoted({ tx, ctx: { actor } }: Scope, noteId: string): Promise<Result<AddedMessage>> {
  const personId = actor.kind === 'person' ? actor.personId : '';
  const [noted] = personId
    ? await tx
        .delete(notedMessages)
        .where(and(eq(notedMessages.id, noteId), eq(notedMessages.personId, personId)))
        .returning()
    : [];
  if (noted) return done(noted.message);
  return refuse(
    'not-found',
    'That message is no longer kept. Choose “Add to the record” on the message again.',
  );
}
