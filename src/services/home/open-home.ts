import { sql } from 'drizzle-orm';
import * as z from 'zod';
import { isSameIdentity } from '../../core/people/identity.ts';
import { cards } from '../../db/schema/outbox.ts';
import type { Ctx } from '../kernel/context.ts';
import { homeOf } from '../kernel/person-destination.ts';
import { done, type Result, refuse } from '../kernel/result.ts';
import type { Scope } from '../kernel/scope.ts';
import { runVerb } from '../kernel/verb.ts';

const inputSchema = z.object({ identity: z.object({ platform: z.string(), id: z.string() }) });

/** Someone looks at the page that a platform shows to them alone: from now on it is a live card. */
export function openHome(args: { ctx: Ctx; input: z.infer<typeof inputSchema> }): Promise<Result<null>> {
  return runVerb({ name: 'home.open', input: inputSchema, run: open }, args);
}

async function open(scope: Scope, { identity }: z.infer<typeof inputSchema>): Promise<Result<null>> {
  const { actor } = scope.ctx;
  if (actor.kind !== 'person' || !isSameIdentity(actor.identity, identity)) {
    return refuse('not-permitted', 'A Home tab opens only for the person it belongs to.');
  }
  const destination = homeOf(identity);
  // A home needs no first message: publishing it is the edit. The hash goes, so that it is shown in any case.
  const id = scope.ctx.newId();
  await scope.tx
    .insert(cards)
    .values({
      id,
      kind: 'home',
      subjectId: actor.personId,
      destination,
      messageId: 'home',
      channelId: 'home',
    })
    .onConflictDoUpdate({
      target: [cards.kind, cards.subjectId, cards.destination],
      set: { revision: sql`${cards.revision} + 1`, renderedHash: null },
    });
  scope.notify({ job: 'card', destination });
  return done(null);
}
