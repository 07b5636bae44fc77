import { and, asc, eq } from 'drizzle-orm';
import * as z from 'zod';
import type { Release } from '../../db/queries/load-release.ts';
import { lockRelease } from '../../db/queries/lock-release.ts';
import { communications } from '../../db/schema/release.ts';
import { sendCommunication, withholdPlanned } from '../communication/send-communication.ts';
import type { Ctx } from '../kernel/context.ts';
import { actorName, checkRequest } from '../kernel/permissions.ts';
import { refusePaused } from '../kernel/refuse-paused.ts';
import { done, type Result, refuse } from '../kernel/result.ts';
import type { Scope } from '../kernel/scope.ts';
import { canBeReached } from '../kernel/stand-ins.ts';
import { runVerb } from '../kernel/verb.ts';
import { ownRolesHolding } from '../kernel/who-may.ts';
import { isReleaseCreator } from '../release/find-creator.ts';

const unknownMessage = 'There is no such message.';
const inputSchema = z.object({
  questionId: z.uuid(unknownMessage),
  /** One item of it; null: all that are not answered. */
  communicationId: z.uuid(unknownMessage).nullable(),
  /** False: skip it. */
  send: z.boolean(),
});
type Input = z.infer<typeof inputSchema>;

export interface SettledOverdue {
  releaseKey: string;
  /** How many were sent, as things stand now. */
  sent: number;
  /** The titles of those that were not, with the reason. */
  withheld: { title: string; note: string }[];
}

/** How a note begins that says that somebody skipped an item because its time had passed. */
export const skippedBy = 'Its time had passed; skipped by ';

/**
 * The release manager has overdue items sent as things stand now, or skips them, one or all. What would not be true,
 * or has expired, is not sent. While no release manager can be reached, others may, as with messages that may not have arrived.
 */
export async function settleOverdue(args: { ctx: Ctx; input: Input }): Promise<Result<SettledOverdue>> {
  const isCreator = await isReleaseCreator(args.ctx);
  const run = (scope: Scope, input: Input) => settle(scope, input, isCreator);
  return runVerb({ name: 'communication.settle', input: inputSchema, run }, args);
}

async function settle(scope: Scope, input: Input, isCreator: boolean): Promise<Result<SettledOverdue>> {
  const release = await lockReleaseOf(scope, input.questionId);
  if (!release) return refuse('not-found', unknownMessage);
  const isLeft = isCreator && !canBeReached(release, ownRolesHolding(release, 'communication.settle'));
  const refusal = isLeft ? null : checkRequest(scope, release, 'communication.settle');
  if (refusal) return { ok: false, refusal };
  const asked = await loadAsked(scope, input);
  if (asked.length === 0) {
    const message = 'That is already settled: it was sent, skipped, or is planned again.';
    return refuse('wrong-state', message, { releaseId: release.id });
  }
  const paused = input.send ? refusePaused(release) : null;
  if (paused) return { ok: false, refusal: paused };
  const ids = asked.map(({ id }) => id);
  const details = { keys: asked.map(({ key }) => key), send: input.send };
  scope.audit({ action: 'communication.settled', releaseId: release.id, subject: input.questionId, details });
  if (input.send) for (const id of ids) await sendCommunication(scope, release, id, { isAsked: true });
  else
    await withholdPlanned(scope, release, { reason: skippedBy + actorName(release, scope.ctx.actor), ids });
  return done({ releaseKey: release.key, ...(await outcomeOf(scope, input, ids)) });
}

async function lockReleaseOf({ tx }: Scope, questionId: string): Promise<Release | null> {
  const [found] = await tx
    .select({ releaseId: communications.releaseId })
    .from(communications)
    .where(eq(communications.questionId, questionId))
    .limit(1);
  return found ? lockRelease(tx, { id: found.releaseId }) : null;
}

function loadAsked({ tx }: Scope, { questionId, communicationId }: Input) {
  const { id, key, position, state } = communications;
  const isAsked = and(eq(communications.questionId, questionId), eq(state, 'overdue'));
  return tx
    .select({ id, key })
    .from(communications)
    .where(communicationId === null ? isAsked : and(isAsked, eq(id, communicationId)))
    .orderBy(asc(position))
    .for('update');
}

async function outcomeOf({ tx }: Scope, { questionId }: Input, ids: readonly string[]) {
  const { id, state, note, item } = communications;
  const rows = await tx
    .select({ id, state, note, item })
    .from(communications)
    .where(eq(communications.questionId, questionId));
  const settled = rows.filter((row) => ids.includes(row.id));
  return {
    sent: settled.filter((row) => row.state === 'sent').length,
    withheld: settled
      .filter((row) => row.state === 'withheld')
      .map((row) => ({ title: row.item.title, note: row.note ?? '' })),
  };
}
