import * as z from 'zod';
import type { Ctx } from '../kernel/context.ts';
import { destinationKey } from '../kernel/effects.ts';
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
  const destination = destinationKey('home', personId);
  // A home needs no first message: publishing it is the edit. The hash goes, so that it is shown in any case.
  await scope.tx.$client.query({
    name: 'open-home',
    text: `insert into cards (id, kind, subject_id, destination, message_id, channel_id)
      values ($1, 'home', $2, $3, 'home', 'home')
      on conflict (kind, subject_id, destination)
      do update set revision = cards.revision + 1, rendered_hash = null`,
    values: [scope.ctx.newId(), personId, destination],
  });
  scope.notify({ job: 'card', destination });
  return done(null);
}
