import { and, asc, eq, inArray, sql } from 'drizzle-orm';
import * as z from 'zod';
import type { Destination } from '../../core/address/destination.ts';
import { recordedDestination } from '../../core/address/list-member.ts';
import type { Release } from '../../db/queries/load-release.ts';
import { lockRelease } from '../../db/queries/lock-release.ts';
import { deliveryFacts } from '../../db/schema/facts.ts';
import { deliveries } from '../../db/schema/outbox.ts';
import { correctFacts } from '../corrections/correct-facts.ts';
import type { Ctx } from '../kernel/context.ts';
import { insertDelivery } from '../kernel/effects.ts';
import { checkRequest } from '../kernel/permissions.ts';
import { done, type Result, refuse } from '../kernel/result.ts';
import type { Scope } from '../kernel/scope.ts';
import { canBeReached } from '../kernel/stand-ins.ts';
import { runVerb } from '../kernel/verb.ts';
import { ownRolesHolding, whoMay } from '../kernel/who-may.ts';
import { isReleaseCreator } from '../release/find-creator.ts';
import { describeDestination } from './notice.ts';

const unknownMessage = 'There is no such message.';
const inputSchema = z.object({
  deliveryId: z.uuid(unknownMessage),
  /** What the person has seen; false: send it again. */
  arrived: z.boolean(),
});
type Input = z.infer<typeof inputSchema>;

/** How a message was settled. */
export interface SettledDelivery {
  releaseKey: string;
  /** Where it went, by name. */
  place: string;
  arrived: boolean;
  /** It is a live card, of whose message the id is not known: a new one follows, which can be kept up to date. */
  isReplaced: boolean;
}

/**
 * A person says of a message of which nobody knew whether it arrived that it did, or has it sent again. One that was
 * given up can be sent again, too. While no release manager can be reached, the business sponsor and whoever may plan
 * releases do it.
 */
export async function settleDelivery(args: { ctx: Ctx; input: Input }): Promise<Result<SettledDelivery>> {
  const isCreator = await isReleaseCreator(args.ctx);
  const run = (scope: Scope, input: Input) => settle(scope, input, isCreator);
  return runVerb({ name: 'delivery.settle', input: inputSchema, run }, args);
}

async function settle(
  scope: Scope,
  { deliveryId, arrived }: Input,
  isCreator: boolean,
): Promise<Result<SettledDelivery>> {
  const release = await lockReleaseOf(scope, deliveryId);
  if (!release) return refuse('not-found', unknownMessage);
  // Somebody has to be able to.
  const isLeft = isCreator && !canBeReached(release, ownRolesHolding(release, 'delivery.settle'));
  const refusal = isLeft ? null : checkRequest(scope, release, 'delivery.settle');
  if (refusal) return { ok: false, refusal };
  const row = await moveOn(scope, { deliveryId, arrived });
  if (!row) return refuse('wrong-state', 'That message is already settled.', { releaseId: release.id });
  const { destination } = row;
  const details = { destination: recordedDestination(destination), message: row.subject, arrived };
  scope.audit({ action: 'delivery.settled', releaseId: release.id, subject: deliveryId, details });
  scope.invalidateCards(release.id, whoMay(release, 'delivery.settle'));
  if (!arrived) {
    await sayAnew(scope, deliveryId, destination);
    scope.notify({ job: 'delivery', destination });
  }
  await correctFacts(scope, release, null);
  // A text that arrived is not said twice for the sake of its buttons.
  const isReplaced = arrived && row.cardId !== null && row.content === null;
  if (isReplaced) await postAnew(scope, release, row);
  const place = describeDestination(release, destination);
  return done({ releaseKey: release.key, place, arrived, isReplaced });
}

async function lockReleaseOf({ tx }: Scope, deliveryId: string): Promise<Release | null> {
  const [found] = await tx
    .select({ releaseId: deliveries.releaseId })
    .from(deliveries)
    .where(eq(deliveries.id, deliveryId));
  return found?.releaseId ? lockRelease(tx, { id: found.releaseId }) : null;
}

/** What is sent again is read after all that was said since, and before what waits at its place. */
async function sayAnew({ tx }: Scope, deliveryId: string, destination: Destination): Promise<void> {
  const waiting = await tx
    .select({ id: deliveries.id })
    .from(deliveries)
    .innerJoin(deliveryFacts, eq(deliveryFacts.deliveryId, deliveries.id))
    .where(and(eq(deliveries.destination, destination), eq(deliveries.state, 'pending')))
    .orderBy(asc(deliveries.seq));
  const saidSeq = sql`nextval(pg_get_serial_sequence('delivery_facts', 'said_seq'))`;
  for (const id of [deliveryId, ...waiting.map((row) => row.id).filter((other) => other !== deliveryId)]) {
    await tx.update(deliveryFacts).set({ saidSeq }).where(eq(deliveryFacts.deliveryId, id));
  }
}

/** What arrived can't be edited: no platform has said by which id. */
async function postAnew(
  scope: Scope,
  { id: releaseId }: Release,
  { destination, subject, cardId }: { destination: Destination; subject: string; cardId: string | null },
): Promise<void> {
  if (cardId !== null) await insertDelivery(scope, { releaseId, destination, subject, cardId });
}

/** Undefined unless nobody knew of it, or it was given up. What is sent again begins anew, at the head of its destination. */
async function moveOn({ tx, ctx }: Scope, { deliveryId, arrived }: Input) {
  const again = { state: 'pending', notBefore: null, failingSince: null, delayNotifiedAt: null } as const;
  const [row] = await tx
    .update(deliveries)
    .set(arrived ? { state: 'sent', sentAt: new Date(ctx.clock.wall()), error: null } : again)
    .where(
      and(
        eq(deliveries.id, deliveryId),
        inArray(deliveries.state, arrived ? ['unknown'] : ['unknown', 'failed']),
      ),
    )
    .returning({
      destination: deliveries.destination,
      subject: deliveries.subject,
      cardId: deliveries.cardId,
      content: deliveries.content,
    });
  return row;
}
