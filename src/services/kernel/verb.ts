import type * as z from 'zod';
import { lineText } from '../../core/card/line.ts';
import { connectHint } from '../../core/messages/account-message.ts';
import { findUnconfirmed } from '../../db/queries/account-matches.ts';
import type { AuditEvent } from '../../db/queries/append-audit-events.ts';
import { type FinishedRequest, findFirstAnswer, finishRequest } from '../../db/queries/finish-request.ts';
import type { ShownTo } from '../../db/queries/invalidate-cards.ts';
import type { Transaction } from '../../db/transaction.ts';
import { withTransaction } from '../../db/with-transaction.ts';
import { timed, verbSeconds } from '../../lib/telemetry.ts';
import type { WorkItem } from '../ports/work-notifier.ts';
import { actorId, type Ctx } from './context.ts';
import { OrganizationRolesNeeded } from './organization-roles.ts';
import { type CheckRight, parseInput, refuseInvalid, sayInvalid } from './refuse-invalid.ts';
import { type Refusal, type Result, readAnswer, refuse } from './result.ts';
import type { ActorsRight, AuditEntry, Scope } from './scope.ts';
import { storable } from './storable.ts';

export interface Verb<Input, Value> {
  /** `release.create`: entity and verb; in the audit trail and in logs. */
  name: string;
  input: z.ZodType<Input>;
  /** Checks the capability, decides, writes. A refusal commits nothing but its audit event. */
  run(scope: Scope, input: Input): Promise<Result<Value>>;
  /** For a verb whose input may be wrong in something else than what it is about, such as a reason. */
  checkRight?: CheckRight;
}

/**
 * Runs one verb in one transaction: changes, audit events and the answer under the request's key commit together
 * or not at all. A repeat, by the same person of the same verb under the same key, changes nothing and gets the first answer. What was typed is made storable
 * first. A person's input that is not valid is refused in the same way.
 */
export async function runVerb<Input, Value>(
  verb: Verb<Input, Value>,
  { ctx, input }: { ctx: Ctx; input: unknown },
): Promise<Result<Value>> {
  const storableInput = storable(input);
  const parsed = parseInput(verb.input, storableInput);
  // A defect of our own, which a job may repeat every other second: nobody has tried anything.
  if (!parsed.success && ctx.actor.kind === 'system') return refuse('invalid', sayInvalid(parsed.error));
  const run = (scope: Scope): Promise<Result<Value>> =>
    parsed.success
      ? verb.run(scope, parsed.data)
      : refuseInvalid(scope, { input: storableInput, error: parsed.error }, verb.checkRight);
  try {
    return await timed(
      () => runKnowing(verb.name, ctx, run),
      (seconds, outcome) => verbSeconds.observe({ verb: verb.name, outcome: outcomeOf(outcome) }, seconds),
    );
  } catch (error) {
    const first = await firstAnswer<Value>(ctx, verb.name);
    if (first === null) throw error;
    return first;
  }
}

function outcomeOf(outcome: { value: Result<unknown> } | { error: unknown }): string {
  if ('error' in outcome) return 'failed';
  return outcome.value.ok ? 'done' : 'refused';
}

type Run<Value> = (scope: Scope) => Promise<Result<Value>>;

/**
 * When it turns out that a right depends on roles that only the platforms know, nothing is done, they are asked, and
 * the work runs again with their answers.
 */
async function runKnowing<Value>(verb: string, ctx: Ctx, run: Run<Value>): Promise<Result<Value>> {
  try {
    return await commit(verb, ctx, run);
  } catch (error) {
    const { actor } = ctx;
    if (!(error instanceof OrganizationRolesNeeded) || actor.kind !== 'person') throw error;
    const organizationRoles = await ctx.findHeldRoles(actor.personId, error.permissions);
    return commit(verb, { ...ctx, actor: { ...actor, organizationRoles } }, run);
  }
}

async function commit<Value>(verb: string, ctx: Ctx, run: Run<Value>): Promise<Result<Value>> {
  const workItems: WorkItem[] = [];
  const { result } = await withTransaction(
    ctx.db,
    (tx) => {
      workItems.length = 0;
      return runInTransaction(verb, { ctx, tx, run, workItems });
    },
    async (tx, { request }) => {
      for (const destination of await finishRequest(tx, request, ctx.trailKeys.signer))
        workItems.push({ job: 'card', destination });
    },
  );
  if (workItems.length > 0) await ctx.notifier.notify(workItems);
  return result;
}

/** The request may have been taken before, at the same moment, or just now by a commit whose end was not heard. */
async function firstAnswer<Value>(ctx: Ctx, verb: string): Promise<Result<Value> | null> {
  const key = requestKey(ctx, verb);
  return key === null ? null : readAnswer<Value>(await findFirstAnswer(ctx.db, key).catch(() => null));
}

/** Of one act: what another person asks for, or another verb, is never a repeat of it. */
function requestKey({ actor, idempotencyKey }: Ctx, verb: string): string | null {
  return idempotencyKey === undefined ? null : `${actorId(actor)} ${verb} ${idempotencyKey}`;
}

async function runInTransaction<Value>(
  verb: string,
  {
    ctx,
    tx,
    run,
    workItems,
  }: { ctx: Ctx; tx: Transaction; run: (scope: Scope) => Promise<Result<Value>>; workItems: WorkItem[] },
): Promise<{ result: Result<Value>; request: FinishedRequest }> {
  const request: FinishedRequest = { touched: new Map(), events: [] };
  const now = ctx.clock.now();
  let releaseId: string | null = null;
  let right: ActorsRight | undefined;
  const scope: Scope = {
    ctx,
    tx,
    now,
    audit: (event) => {
      releaseId = event.releaseId;
      request.events.push({
        chain: event.releaseId ?? 'workspace',
        body: auditBody(ctx, { now, right }, event),
      });
    },
    actWith: (given) => {
      right = given;
    },
    invalidateCards: (id, shownTo = null) => request.touched.set(id, toAll(request.touched.get(id), shownTo)),
    notify: (item) => workItems.push(item),
  };
  const result = await withHint(scope, await run(scope));
  if (!result.ok) {
    const details = refusalDetails(verb, result.refusal);
    scope.audit({ action: 'request.refused', releaseId: result.refusal.releaseId ?? releaseId, details });
  }
  const key = requestKey(ctx, verb);
  if (key !== null) {
    request.answered = { key, at: new Date(ctx.clock.wall()), answer: JSON.stringify(result) };
  }
  return { result, request };
}

/** Whoever is refused may have the right by another account of theirs. */
async function withHint<Value>({ tx, ctx }: Scope, result: Result<Value>): Promise<Result<Value>> {
  if (result.ok || result.refusal.code !== 'not-permitted' || result.refusal.hint) return result;
  if (ctx.actor.kind !== 'person') return result;
  const platforms = await findUnconfirmed(tx, ctx.actor.identity);
  if (platforms.length === 0) return result;
  return { ok: false, refusal: { ...result.refusal, hint: connectHint(platforms) } };
}

/** Whose cards are to be drawn after both of two changes. */
function toAll(before: ShownTo | undefined, shownTo: ShownTo): ShownTo {
  if (before === undefined) return shownTo;
  return before && shownTo && [...before, ...shownTo];
}

function auditBody(
  ctx: Ctx,
  { now, right }: { now: number; right: ActorsRight | undefined },
  event: AuditEntry,
): AuditEvent['body'] {
  return {
    action: event.action,
    at: new Date(now).toISOString(),
    actor: actorId(ctx.actor),
    actorName: storable(ctx.actor.name),
    subject: event.subject,
    right: right && { to: right.to, as: [...right.as] },
    details: event.details,
  };
}

function refusalDetails(verb: string, refusal: Refusal): NonNullable<AuditEntry['details']> {
  const { code, message, reasons } = refusal;
  return { verb, code, message: lineText(message), reasons: reasons?.map(lineText) };
}
