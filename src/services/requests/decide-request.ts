import { and, eq } from 'drizzle-orm';
import * as z from 'zod';
import { type Line, line } from '../../core/card/line.ts';
import { requestRefusedMessage } from '../../core/messages/request-message.ts';
import {
  type ClosedState,
  type DecisionProblem,
  decideRequest,
  type RequestDecision,
  type RequestState,
  requestDecisions,
} from '../../core/requests/request-state.ts';
import { loadRelease, type Release } from '../../db/queries/load-release.ts';
import { lockRelease } from '../../db/queries/lock-release.ts';
import { loadPermissions } from '../../db/queries/permissions.ts';
import { findRequest, lockRequest, type SecondPersonRequest } from '../../db/queries/requests.ts';
import { requests } from '../../db/schema/requests.ts';
import { ConflictError } from '../kernel/conflict-error.ts';
import type { Ctx } from '../kernel/context.ts';
import { cancelTimers } from '../kernel/effects.ts';
import { OrganizationRolesNeeded } from '../kernel/organization-roles.ts';
import { actorName, checkCapability, checkRequest } from '../kernel/permissions.ts';
import { reasonSchema } from '../kernel/reason-schema.ts';
import type { RequestAct, Requester } from '../kernel/request-act.ts';
import { done, type Refusal, type Result, refuse } from '../kernel/result.ts';
import type { Scope } from '../kernel/scope.ts';
import { runVerb } from '../kernel/verb.ts';
import { mayBeSamePerson } from '../people/may-be-same-person.ts';
import { findAct } from './acts.ts';
import { tellRequester } from './lapse-request.ts';

const inputSchema = z
  .object({
    requestId: z.uuid('There is no such request.'),
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
  releaseKey: string;
  decision: RequestDecision;
  /** Continues "asks to". */
  words: string;
  /** Who asked. */
  personName: string;
}

/** What was found out before the transaction: what the act needs, and who asked. */
interface Prepared {
  act: RequestAct;
  facts: unknown;
  requester: Requester;
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
  const prepared = input.decision === 'approve' ? await prepare(ctx, input.requestId) : null;
  const run = (scope: Scope, parsed: Input) => decide(scope, parsed, prepared);
  const checkRight = async (scope: Scope, given: unknown) => {
    const named = z.object({ requestId: z.uuid() }).safeParse(given);
    if (!named.success) return null;
    const found = await loadLocked(scope, named.data.requestId);
    if (!found.ok) return found;
    const refusal = checkRequest(scope, found.value.release, found.value.act.decides);
    return refusal ? { ok: false as const, refusal } : done(found.value.release.id);
  };
  return runVerb({ name: 'request.decide', input: inputSchema, run, checkRight }, { ctx, input });
}

/** Null when there is nothing to approve, which is refused inside. */
async function prepare(ctx: Ctx, requestId: string): Promise<Prepared | null> {
  if (!z.uuid().safeParse(requestId).success) return null;
  const request = await findRequest(ctx.db, requestId);
  if (request?.state !== 'open') return null;
  const act = findAct(request.act);
  if (await isRefused(ctx, request, act)) return null;
  const identity = { platform: request.platform, id: request.platformId };
  const [facts, organizationRoles] = await Promise.all([
    act.prepare(ctx, request),
    loadPermissions(ctx.db).then((set) => ctx.findHeldRoles(request.personId, set)),
  ]);
  const { personId, personName: name } = request;
  const requester = { kind: 'person' as const, personId, isBackup: true, identity, name, organizationRoles };
  return { act, facts, requester };
}

/** Whether the actor plainly may not decide: nothing is read for them, and they are refused inside. */
async function isRefused(ctx: Ctx, { releaseId }: SecondPersonRequest, act: RequestAct): Promise<boolean> {
  const release = await loadRelease(ctx.db, { id: releaseId });
  if (!release) return true;
  try {
    return checkCapability(release, ctx.actor, act.decides) !== null;
  } catch (error) {
    // Their platform has to be asked first, which is done inside.
    if (error instanceof OrganizationRolesNeeded) return false;
    throw error;
  }
}

interface Locked {
  request: SecondPersonRequest;
  release: Release;
  act: RequestAct;
}

/** The release first, as everywhere. */
async function loadLocked(scope: Scope, requestId: string): Promise<Result<Locked>> {
  const found = await findRequest(scope.tx, requestId);
  const release = found && (await lockRelease(scope.tx, { id: found.releaseId }));
  const request = release && (await lockRequest(scope.tx, requestId));
  if (!release || !request) return refuse('not-found', 'There is no such request.');
  return done({ request, release, act: findAct(request.act) });
}

/** Whether the actor may take a decision now; everything but what it does. */
export async function checkDecision(
  scope: Scope,
  { requestId, decision }: { requestId: string; decision: RequestDecision },
): Promise<Result<Locked & { state: ClosedState }>> {
  const found = await loadLocked(scope, requestId);
  if (!found.ok) return found;
  const { request, release, act } = found.value;
  const about = { releaseId: release.id };
  if (decision !== 'withdraw') {
    const refusal = checkRequest(scope, release, act.decides);
    if (refusal) return { ok: false, refusal };
  }
  const isOwn = await isByRequester(scope, request);
  const expiresAt = request.expiresAt.getTime();
  const decided = decideRequest({ state: request.state, expiresAt }, { decision, isOwn, now: scope.now });
  return decided.ok
    ? done({ ...found.value, state: decided.state })
    : refuseDecision(request, decided.problem, about);
}

async function decide(
  scope: Scope,
  { requestId, decision, reason }: Input,
  prepared: Prepared | null,
): Promise<Result<DecidedRequest>> {
  const checked = await checkDecision(scope, { requestId, decision });
  if (!checked.ok) return checked;
  const { request, release, state } = checked.value;
  if (decision === 'approve') {
    if (!prepared) {
      return refuse('conflict', 'The request changed meanwhile. Try again.', { releaseId: release.id });
    }
    const performed = await perform(scope, { release, request, prepared });
    if (!performed.ok) return performed;
  }
  await close(scope, checked.value, { state, reason });
  const { words, personName } = request;
  return done({ releaseKey: release.key, decision, words, personName });
}

/** Whoever asked, by any account that is, or may be, theirs. */
async function isByRequester(scope: Scope, { personId }: SecondPersonRequest): Promise<boolean> {
  const { actor } = scope.ctx;
  if (actor.kind !== 'person') return false;
  return actor.personId === personId || mayBeSamePerson(scope, personId);
}

/** Whoever asked must have the right still. */
async function perform(
  scope: Scope,
  { release, request, prepared }: { release: Release; request: SecondPersonRequest; prepared: Prepared },
): Promise<Result<unknown>> {
  const { act, facts, requester } = prepared;
  const lost: Refusal | null = checkCapability(release, requester, act.asks);
  if (lost) {
    const message = `${request.personName} can't ${request.words} any more, so it can't be approved.`;
    return refuse('conditions-unmet', message, { releaseId: release.id, ...(lost.who && { who: lost.who }) });
  }
  return act.perform(scope, { release, input: request.input, requester, prepared: facts });
}

function refuseDecision(
  { state, personName, decidedByName }: SecondPersonRequest,
  problem: DecisionProblem,
  about: { releaseId: string },
): Result<never> {
  switch (problem) {
    case 'decided':
      return refuse('wrong-state', `It was already ${describeState(state)} by ${decidedByName}.`, about);
    case 'lapsed':
      return refuse('wrong-state', 'Nobody agreed in time, so the request has lapsed. Ask again.', about);
    case 'own':
      return refuse('not-permitted', 'You asked for this, and it takes a second person to decide.', {
        ...about,
        who: 'anybody else who may approve it',
      });
    case 'not-own': {
      const message: Line = line`Only ${personName}, who asked for it, can withdraw it. You can refuse it.`;
      return refuse('not-permitted', message, { ...about, who: personName });
    }
  }
}

function describeState(state: RequestState): string {
  return state === 'lapsed' ? 'left to lapse' : state;
}

async function close(
  scope: Scope,
  { request, release }: Locked,
  { state, reason }: { state: ClosedState; reason: string | null },
): Promise<void> {
  const by = actorName(release, scope.ctx.actor);
  const isOpen = and(eq(requests.id, request.id), eq(requests.state, 'open'));
  const closed = await scope.tx
    .update(requests)
    .set({ state, reason, decidedByName: by, decidedAt: new Date(scope.now) })
    .where(isOpen)
    .returning({ id: requests.id });
  if (closed.length !== 1) throw new ConflictError(`the request ${request.id} was decided meanwhile`);
  await cancelTimers(scope, request.id);
  const details = { name: by, ...(reason === null ? {} : { reason }) };
  scope.audit({ action: `second-person.${state}`, releaseId: release.id, subject: request.id, details });
  if (reason !== null) {
    const content = requestRefusedMessage({ ...request, releaseKey: release.key, by, reason });
    await tellRequester(scope, release, request, content);
  }
  scope.invalidateCards(release.id);
}
