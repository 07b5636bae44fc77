import { and, count, eq, gt } from 'drizzle-orm';
import * as z from 'zod';
import { writeMember } from '../../core/address/list-member.ts';
import { confirmSubscriptionMessage } from '../../core/messages/confirm-subscription-message.ts';
import { findSubscriber, type Subscriber } from '../../db/queries/subscribers.ts';
import { subscribers } from '../../db/schema/subscriptions.ts';
import { confirmationSubject } from '../kernel/confirmation.ts';
import type { Ctx } from '../kernel/context.ts';
import { insertDelivery } from '../kernel/effects.ts';
import { checkSystem } from '../kernel/permissions.ts';
import { done, type Result, refuse } from '../kernel/result.ts';
import type { Scope } from '../kernel/scope.ts';
import { runVerb } from '../kernel/verb.ts';

/** One address is asked to confirm at most once in so long, and all together so often. */
const askAgainAfterMs = 60 * 60_000;
const maxAsked = 200;
const askedWithinMs = 60 * 60_000;

const requestSchema = z.object({
  channel: z.string(),
  list: z.string(),
  address: z.string().trim().max(254).toLowerCase().pipe(z.email('That is not an e-mail address.')),
});
type Request = z.infer<typeof requestSchema>;
const subscriberSchema = z.object({ subscriberId: z.uuid() });
type ById = z.infer<typeof subscriberSchema>;

/** Where a list is, as its page shows it. */
export interface OfList {
  channel: string;
  list: string;
}

/**
 * Somebody on the page asks for a list: they get a message to confirm that the address is theirs. The answer is the
 * same whether or not it is on the list already, so that nobody learns who is.
 */
export function requestListSubscription(args: { ctx: Ctx; input: Request }): Promise<Result<null>> {
  return runVerb({ name: 'subscriber.request', input: requestSchema, run: request }, args);
}

/** The address is theirs: from now on they get what goes to the list. */
export function confirmListSubscription(args: { ctx: Ctx; input: ById }): Promise<Result<OfList>> {
  return runVerb({ name: 'subscriber.confirm', input: subscriberSchema, run: confirm }, args);
}

/** They get nothing of the list any more. Their address is forgotten, unless the configuration has it. */
export function endListSubscription(args: { ctx: Ctx; input: ById }): Promise<Result<OfList>> {
  return runVerb({ name: 'subscriber.end', input: subscriberSchema, run: end }, args);
}

async function request(scope: Scope, { channel, list, address }: Request): Promise<Result<null>> {
  const refusal = checkSystem(scope.ctx.actor);
  if (refusal) return { ok: false, refusal };
  if (!scope.ctx.subscriptions.lists.includes(`${channel}:${list}`)) {
    return refuse('not-found', 'There is no such list.');
  }
  const id = await askedAnew(scope, { channel, list, address });
  if (id === null) return done(null);
  scope.audit({ action: 'subscriber.asked', releaseId: null, subject: id, details: { channel, list } });
  await insertDelivery(scope, {
    releaseId: null,
    destination: { channel, kind: 'address', id: writeMember({ list, address }) },
    subject: confirmationSubject,
    content: confirmSubscriptionMessage(list),
  });
  return done(null);
}

/** The id of whoever is to be asked; null when they have been a short while ago, or are on the list. */
async function askedAnew(scope: Scope, wanted: Request): Promise<string | null> {
  const { tx, ctx, now } = scope;
  const wall = ctx.clock.wall();
  if (await isTooMany(scope, wall)) {
    ctx.log.warn(
      { channel: wanted.channel, list: wanted.list },
      'too many requests for a list; some are ignored',
    );
    return null;
  }
  const askedAt = new Date(wall);
  const before = await findSubscriber(tx, wanted);
  if (!before) {
    const row = { id: ctx.newId(), ...wanted, source: 'self', state: 'pending', askedAt } as const;
    const made = await tx
      .insert(subscribers)
      .values({ ...row, createdAt: new Date(now) })
      .onConflictDoNothing()
      .returning({ id: subscribers.id });
    return made[0]?.id ?? null;
  }
  const isRecent = before.askedAt !== null && before.askedAt.getTime() > wall - askAgainAfterMs;
  if (before.state === 'subscribed' || isRecent) return null;
  await tx.update(subscribers).set({ state: 'pending', askedAt }).where(eq(subscribers.id, before.id));
  return before.id;
}

async function isTooMany({ tx }: Scope, wall: number): Promise<boolean> {
  const [asked] = await tx
    .select({ count: count() })
    .from(subscribers)
    .where(and(eq(subscribers.state, 'pending'), gt(subscribers.askedAt, new Date(wall - askedWithinMs))));
  return (asked?.count ?? 0) >= maxAsked;
}

async function confirm(scope: Scope, { subscriberId }: ById): Promise<Result<OfList>> {
  const found = await lock(scope, subscriberId);
  if (!found.ok) return found;
  const { state, channel, list } = found.value;
  if (state === 'subscribed') return done({ channel, list });
  if (state === 'unsubscribed') return gone();
  const confirmed = { state: 'subscribed', source: 'self', confirmedAt: new Date(scope.now) } as const;
  await scope.tx.update(subscribers).set(confirmed).where(eq(subscribers.id, subscriberId));
  scope.audit({
    action: 'subscriber.confirmed',
    releaseId: null,
    subject: subscriberId,
    details: { channel, list },
  });
  return done({ channel, list });
}

async function end(scope: Scope, { subscriberId }: ById): Promise<Result<OfList>> {
  const found = await lock(scope, subscriberId);
  if (!found.ok) return found;
  const { state, source, channel, list } = found.value;
  if (state === 'unsubscribed') return done({ channel, list });
  const ended = { state: 'unsubscribed', unsubscribedAt: new Date(scope.now), askedAt: null } as const;
  // Whom the configuration names would be on the list again if they were forgotten.
  const forgotten = source === 'self' && !isConfigured(scope, found.value) ? { address: null } : {};
  await scope.tx
    .update(subscribers)
    .set({ ...ended, ...forgotten })
    .where(eq(subscribers.id, subscriberId));
  scope.audit({
    action: 'subscriber.ended',
    releaseId: null,
    subject: subscriberId,
    details: { channel, list },
  });
  return done({ channel, list });
}

function isConfigured({ ctx }: Scope, { channel, list, address }: Subscriber): boolean {
  const members = ctx.channels.get(channel)?.membersOf?.(list) ?? [];
  return members.some((each) => each.toLowerCase() === writeMember({ list, address: address ?? '' }));
}

async function lock({ tx, ctx }: Scope, subscriberId: string): Promise<Result<Subscriber>> {
  const refusal = checkSystem(ctx.actor);
  if (refusal) return { ok: false, refusal };
  const [row] = await tx.select().from(subscribers).where(eq(subscribers.id, subscriberId)).for('update');
  return row ? done(row) : gone();
}

function gone() {
  return refuse('not-found', 'This link no longer works.');
}
