import { and, eq } from 'drizzle-orm';
import * as z from 'zod';
import type { Line } from '../../core/card/line.ts';
import {
  type ClosedState,
  type RequestDecision,
  requestDecisions,
} from '../../core/requests/request-state.ts';
import { findRequest } from '../../db/queries/requests.ts';
import { requests } from '../../db/schema/requests.ts';
import { ConflictError } from '../kernel/conflict-error.ts';
import type { Ctx } from '../kernel/context.ts';
import { cancelTimers } from '../kernel/effects.ts';
import { redrawRequest, tellRequester } from '../kernel/lapse-request.ts';
import { actorName, checkCapability } from '../kernel/permissions.ts';
import { reasonSchema } from '../kernel/reason-schema.ts';
import type { Performed } from '../kernel/request-act.ts';
import { done, type Refusal, type Result, refuse } from '../kernel/result.ts';
import type { Scope } from '../kernel/scope.ts';
import { runVerb } from '../kernel/verb.ts';
import { checkDecision, checkRight, type LockedRequest, readRights, requestName } from './check-decision.ts';
import { type Prepared, prepareApproval } from './prepare-approval.ts';

const inputSchema = z
  .object({
    requestId: requestName,
    decision: z.enum(requestDecisions),
    /** Of a refusal. */
    reason: z.string().nullable(),
  })
  .transform((input, context) => {
    if (input.decision !== 'refuse') return { ...input, reason: null };
    const reason = reasonSchema('Refusing needs a reason: say what is missing.').safeParse(
      input.reason ?? '',
    );
    if (reason.success) return { ...input, reason: reason.data };
    context.addIssue({ code: 'custom', path: ['reason'], message: reason.error.issues[0]?.message ?? '' });
    return z.NEVER;
  });
type Input = z.infer<typeof inputSchema>;

export interface DecidedRequest {
  /** Null: it is of no release. */
  releaseKey: string | null;
  decision: RequestDecision;
  /** Continues "asks to". */
  words: string;
  /** Who asked. */
  personName: string;
  /** What was done; null: nothing. */
  answer: Line | null;
}

/**
 * A second person approves what somebody asked for, and it is done at once, with everything checked once more; or
 * refuses it with a reason; or whoever asked withdraws it. All accounts of one person are one person.
 */
export async function decideOnRequest({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: z.input<typeof inputSchema>;
}): Promise<Result<DecidedRequest>> {
  const request = await findRequest(ctx.db, input.requestId);
  const [prepared, rights] = await Promise.all([
    input.decision === 'approve' ? prepareApproval(ctx, request) : null,
    readRights(ctx, { requestId: input.requestId, request }),
  ]);
  const run = (scope: Scope, parsed: Input) => decide(scope, { ...parsed, rights }, prepared);
  const verb = { name: 'request.decide', input: inputSchema, run, checkRight: checkRight(rights) };
  return runVerb(verb, { ctx, input });
}

async function decide(
  scope: Scope,
  { reason, ...asked }: Input & Parameters<typeof checkDecision>[1],
  prepared: Prepared | null,
): Promise<Result<DecidedRequest>> {
  const checked = await checkDecision(scope, asked);
  if (!checked.ok) return checked;
  const { release, request, state } = checked.value;
  const performed = state === 'approved' ? await perform(scope, checked.value, prepared) : done(null);
  if (!performed.ok) return performed;
  await close(scope, checked.value, { state, reason, performed: performed.value });
  const { words, personName } = request;
  const answer = performed.value?.answer ?? null;
  return done({ releaseKey: release?.key ?? null, decision: asked.decision, words, personName, answer });
}

/** Whoever asked must have the right still. */
async function perform(
  scope: Scope,
  { act, release, request }: LockedRequest,
  prepared: Prepared | null,
): Promise<Result<Performed>> {
  const about = release ? { releaseId: release.id } : {};
  if (!prepared) return refuse('conflict', 'The request changed meanwhile. Try again.', about);
  const { facts, requester } = prepared;
  if ('performForAll' in act) return act.performForAll(scope, { request, prepared: facts });
  if (!release) throw new Error(`the request ${request.id} has no release`);
  const lost: Refusal | null = checkCapability(release, requester, act.asks);
  if (lost) {
    const message = `${request.personName} can't ${request.words} any more, so it can't be approved.`;
    return refuse('conditions-unmet', message, { ...about, ...(lost.who && { who: lost.who }) });
  }
  return act.perform(scope, { release, request, requester, prepared: facts });
}

async function close(
  scope: Scope,
  { request, release }: LockedRequest,
  { state, reason, performed }: { state: ClosedState; reason: string | null; performed: Performed | null },
): Promise<void> {
  const { actor } = scope.ctx;
  const by = release ? actorName(release, actor) : actor.name;
  const isOpen = and(eq(requests.id, request.id), eq(requests.state, 'open'));
  const closed = await scope.tx
    .update(requests)
    .set({ state, reason, decidedByName: by, decidedAt: new Date(scope.now) })
    .where(isOpen)
    .returning({ id: requests.id });
  if (closed.length !== 1) throw new ConflictError(`the request ${request.id} was decided meanwhile`);
  await cancelTimers(scope, request.id);
  const details = { name: by, words: request.words, ...(reason === null ? {} : { reason }) };
  scope.audit({
    action: `second-person.${state}`,
    releaseId: request.releaseId,
    subject: request.id,
    details,
  });
  if (state === 'approved' || state === 'refused')
    await tell(scope, { request, release }, { state, by, reason, performed });
  await redrawRequest(scope, request);
}

function tell(
  scope: Scope,
  { request, release }: Pick<LockedRequest, 'request' | 'release'>,
  {
    performed,
    ...outcome
  }: { state: 'approved' | 'refused'; by: string; reason: string | null; performed: Performed | null },
): Promise<void> {
  const news = performed?.news ?? 'Nothing was done.';
  return tellRequester(scope, request, { ...outcome, news, releaseKey: release?.key ?? null });
}
