import { and, eq } from 'drizzle-orm';
import * as z from 'zod';
import { type Destination, encodeDestination, placesOnce } from '../../core/address/destination.ts';
import { lockRelease } from '../../db/queries/lock-release.ts';
import { deliveryFacts } from '../../db/schema/facts.ts';
import { deliveries } from '../../db/schema/outbox.ts';
import type { Ctx } from '../kernel/context.ts';
import { insertDelivery } from '../kernel/effects.ts';
import { checkSystem } from '../kernel/permissions.ts';
import { done, type Result } from '../kernel/result.ts';
import type { Scope } from '../kernel/scope.ts';
import { runVerb } from '../kernel/verb.ts';

const schema = z.object({
  deliveryId: z.uuid(),
  /** The attempt that looked the members up; another one may have been made since. */
  attempts: z.number().int(),
  /** The platform's ids of everybody in the group. */
  members: z.array(z.string()).min(1),
});
type Input = z.infer<typeof schema>;

/**
 * Puts one message for each member of a group in the place of the group's own. Who has had the message elsewhere gets it
 * once. `count`: how many messages were written.
 */
export function handOut(args: { ctx: Ctx; input: Input }): Promise<Result<{ count: number }>> {
  return runVerb({ name: 'delivery.hand-out', input: schema, run: handOutNow }, args);
}

async function handOutNow(scope: Scope, input: Input): Promise<Result<{ count: number }>> {
  const refusal = checkSystem(scope.ctx.actor);
  if (refusal) return { ok: false, refusal };
  const taken = await takeDelivery(scope, input);
  if (!taken) return done({ count: 0 });
  const { destination: group, message } = taken;
  const members = input.members.map((id): Destination => ({ channel: group.channel, kind: 'person', id }));
  const places: Destination[] = [];
  for (const destination of placesOnce(members)) {
    if (!(await hasIt(scope, message.communicationId, destination))) places.push(destination);
  }
  for (const destination of places) await insertDelivery(scope, { ...message, destination });
  scope.audit({
    action: 'delivery.handed-out',
    releaseId: message.releaseId,
    subject: input.deliveryId,
    details: { destination: encodeDestination(group), message: message.subject, count: places.length },
  });
  return done({ count: places.length });
}

/** Takes the group's own message out of the outbox, with its facts, as long as nobody else has; null: somebody has. */
async function takeDelivery({ tx }: Scope, { deliveryId, attempts }: Input) {
  const { id, state, releaseId } = deliveries;
  const [found] = await tx.select({ releaseId }).from(deliveries).where(eq(id, deliveryId));
  // What is held of the release's facts follows from its messages.
  if (found?.releaseId) await lockRelease(tx, { id: found.releaseId });
  const [facts] = await tx.select().from(deliveryFacts).where(eq(deliveryFacts.deliveryId, deliveryId));
  const isOurs = and(eq(id, deliveryId), eq(state, 'sending'), eq(deliveries.attempts, attempts));
  const [taken] = await tx.delete(deliveries).where(isOurs).returning();
  if (!taken) return null;
  const { destination, subject, content } = taken;
  return {
    destination,
    message: {
      releaseId: taken.releaseId,
      communicationId: taken.communicationId ?? undefined,
      subject,
      ...(content && { content }),
      ...(facts && { states: facts.states }),
      ...(facts?.corrects && { correction: { corrects: facts.corrects, cause: facts.cause } }),
    },
  };
}

/** Whether somebody was written the same already: as a member of another group, or because they subscribed to it. */
async function hasIt(
  { tx }: Scope,
  communicationId: string | undefined,
  destination: Destination,
): Promise<boolean> {
  if (communicationId === undefined) return false;
  const isSame = and(
    eq(deliveries.communicationId, communicationId),
    eq(deliveries.destination, destination),
  );
  const [found] = await tx.select({ id: deliveries.id }).from(deliveries).where(isSame).limit(1);
  return found !== undefined;
}
