import { sql } from 'drizzle-orm';
import * as z from 'zod';
import { cards } from '../../db/schema/outbox.ts';
import type { Ctx } from '../kernel/context.ts';
import { homeOf } from '../kernel/person-destination.ts';
import { done, type Result, refuse } from '../kernel/result.ts';
import { runVerb, type Scope } from '../kernel/verb.ts';

const inputSchema = z.object({ personId: z.string() });

/** Someone looks at their App Home: from now on it is a live card. */
export function openHome(args: { ctx: Ctx; input: z.infer<typeof inputSchema> }): Promise<Result<null>> {
  return runVerb({ name: 'home.open', input: inputSchema, run: open }, args);
}

async function open(scope: Scope, { personId }: z.infer<typeof inputSchema>): Promise<Result<null>> {
  const { actor } = scope.ctx;
  if (actor.kind !== 'slack' || actor.userId !== personId) {
    return refuse('not-permitted', 'A Home tab opens for its own person only.');
  }
  const destination = homeOf(personId);
  // A home needs no first message: publishing it is the edit. The hash goes, so that it is shown in any case.
  const id = scope.ctx.newId();
  await scope.tx
    .insert(cards)
    .values({ id, kind: 'home', subjectId: personId, destination, messageId: 'home', channelId: 'home' })
    .onConflictDoUpdate({
      target: [cards.kind, cards.subjectId, cards.destination],
      set: { revision: sql`${cards.revision} + 1`, renderedHash: null },
    });
  scope.notify({ job: 'card', destination });
  return done(null);
}
