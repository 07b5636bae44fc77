import * as z from 'zod';
import { isSameIdentity } from '../../core/people/identity.ts';
import { cards, deliveries } from '../../db/schema/outbox.ts';
import type { Ctx } from '../kernel/context.ts';
import { done, type Result, refuse } from '../kernel/result.ts';
import type { Scope } from '../kernel/scope.ts';
import { runVerb } from '../kernel/verb.ts';

const inputSchema = z.object({ identity: z.object({ platform: z.string(), id: z.string() }) });
type Input = z.infer<typeof inputSchema>;

/**
 * Somebody asks for their home on a platform that has no page for it: it is a live card in their direct messages.
 * Asked for again, it stands below what was said since; the message before stays as it was.
 */
export function postHome(args: { ctx: Ctx; input: Input }): Promise<Result<null>> {
  return runVerb({ name: 'home.post', input: inputSchema, run: post }, args);
}

/** As a card that was never posted. */
const unposted = {
  ...{ messageId: null, channelId: null, replaces: null },
  ...{ renderedRevision: 0, renderedHash: null, renderedGist: null },
  ...{ closedSince: null, refusedSince: null, attempts: 0, notBefore: null, error: null },
};

async function post(scope: Scope, { identity }: Input): Promise<Result<null>> {
  const { actor } = scope.ctx;
  if (actor.kind !== 'person' || !isSameIdentity(actor.identity, identity)) {
    return refuse('not-permitted', 'A Home tab is shown only to the person it belongs to.');
  }
  const destination = { channel: identity.platform, kind: 'person' as const, id: identity.id };
  const row = { id: scope.ctx.newId(), kind: 'home', subjectId: actor.personId, destination };
  const [card] = await scope.tx
    .insert(cards)
    .values(row)
    .onConflictDoUpdate({ target: [cards.kind, cards.subjectId, cards.destination], set: unposted })
    .returning({ id: cards.id });
  await scope.tx.insert(deliveries).values({
    id: scope.ctx.newId(),
    destination,
    subject: 'card:home',
    cardId: card?.id ?? row.id,
    createdAt: new Date(scope.now),
  });
  scope.notify({ job: 'delivery', destination });
  return done(null);
}
