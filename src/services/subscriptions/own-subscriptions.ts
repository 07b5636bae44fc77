import { and, eq, isNull, type SQL } from 'drizzle-orm';
import * as z from 'zod';
import { AUDIENCES } from '../../core/plan/audiences.ts';
import { audienceName, type Wanted, wantedPhrase } from '../../core/subscriptions/subscription-words.ts';
import type { TrailAction } from '../../core/trail/event-kinds.ts';
import { findProduct, loadSubscriptions } from '../../db/queries/subscriptions.ts';
import { subscriptions } from '../../db/schema/subscriptions.ts';
import { listWords } from '../../lib/list-words.ts';
import { invalidateHomes } from '../home/invalidate-homes.ts';
import type { Ctx } from '../kernel/context.ts';
import { done, type Result, refuse } from '../kernel/result.ts';
import type { Scope } from '../kernel/scope.ts';
import { runVerb } from '../kernel/verb.ts';

const wantedSchema = z.object({
  audience: z.enum(AUDIENCES).nullable(),
  product: z.string().trim().min(1).max(200).nullable(),
});
type Input = z.infer<typeof wantedSchema>;

/** Somebody wants a copy of their own of what goes to an audience, of one product or of all. */
export function subscribe(args: { ctx: Ctx; input: Input }): Promise<Result<Wanted>> {
  return runVerb({ name: 'subscription.add', input: wantedSchema, run: add }, args);
}

/** They want it no longer. */
export function unsubscribe(args: { ctx: Ctx; input: Input }): Promise<Result<Wanted>> {
  return runVerb({ name: 'subscription.end', input: wantedSchema, run: end }, args);
}

/** They want no copy of anything any more. Returns what they had. */
export function unsubscribeAll(args: { ctx: Ctx; input: object }): Promise<Result<Wanted[]>> {
  return runVerb({ name: 'subscription.end-all', input: z.object({}), run: endAll }, args);
}

async function add(scope: Scope, { audience, product }: Input): Promise<Result<Wanted>> {
  const person = personIdOf(scope);
  if (!person.ok) return person;
  const open = scope.ctx.subscriptions.audiences;
  if (open.length === 0) {
    const message = 'No messages are open to subscription yet.';
    return refuse('wrong-state', message, { hint: 'An operator opens audiences in tminus.yaml.' });
  }
  if (audience !== null && !open.includes(audience)) {
    const names = listWords(open.map(audienceName));
    const message = `You can't subscribe to messages for ${audienceName(audience)}. You can subscribe to those for ${names}.`;
    return refuse('invalid', message, { field: 'audience' });
  }
  const found = await readProduct(scope, product);
  if (!found.ok) return found;
  const wanted = { audience, product: found.value };
  const added = await scope.tx
    .insert(subscriptions)
    .values({
      id: scope.ctx.newId(),
      personId: person.value,
      audience,
      product: wanted.product?.toLowerCase() ?? null,
      productName: wanted.product,
      createdAt: new Date(scope.now),
    })
    .onConflictDoNothing()
    .returning({ id: subscriptions.id });
  if (added.length === 0) return refuse('wrong-state', `You already get ${wantedPhrase(wanted)}.`);
  return settle(scope, person.value, { action: 'subscription.added', wanted });
}

async function readProduct({ tx }: Scope, product: string | null): Promise<Result<string | null>> {
  if (product === null) return done(null);
  const found = await findProduct(tx, product);
  if (found !== undefined) return done(found);
  const message = `There is no release of a product "${product}".`;
  return refuse('not-found', message, {
    field: 'product',
    hint: 'Use the product name exactly as in its releases.',
  });
}

async function end(scope: Scope, wanted: Input): Promise<Result<Wanted>> {
  const person = personIdOf(scope);
  if (!person.ok) return person;
  const { audience, product } = subscriptions;
  const which = and(
    wanted.audience === null ? isNull(audience) : eq(audience, wanted.audience),
    wanted.product === null ? isNull(product) : eq(product, wanted.product.toLowerCase()),
  );
  const [ended] = await remove(scope, person.value, which);
  if (ended) return settle(scope, person.value, { action: 'subscription.ended', wanted: ended });
  const own = await loadSubscriptions(scope.tx, person.value);
  const has = own.length === 0 ? 'You have no subscription.' : `You get ${listWords(own.map(wantedPhrase))}.`;
  return refuse('wrong-state', `You don't get ${wantedPhrase(wanted)} by subscription. ${has}`);
}

async function endAll(scope: Scope): Promise<Result<Wanted[]>> {
  const person = personIdOf(scope);
  if (!person.ok) return person;
  const ended = await remove(scope, person.value, undefined);
  if (ended.length === 0) return refuse('wrong-state', 'You have no subscription.');
  for (const wanted of ended) await settle(scope, person.value, { action: 'subscription.ended', wanted });
  return done(ended);
}

function remove({ tx }: Scope, personId: string, which: SQL | undefined): Promise<Wanted[]> {
  const { audience, productName: product } = subscriptions;
  return tx
    .delete(subscriptions)
    .where(and(eq(subscriptions.personId, personId), which))
    .returning({ audience, product });
}

function personIdOf({ ctx: { actor } }: Scope): Result<string> {
  if (actor.kind === 'person') return done(actor.personId);
  return refuse('not-permitted', 'Only people in this workspace can subscribe.');
}

async function settle(
  scope: Scope,
  personId: string,
  { action, wanted: { audience, product } }: { action: TrailAction; wanted: Wanted },
): Promise<Result<Wanted>> {
  scope.audit({ action, releaseId: null, subject: personId, details: { audience, product } });
  await invalidateHomes(scope, [personId]);
  return done({ audience, product });
}
