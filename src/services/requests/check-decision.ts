import * as z from 'zod';
import { line } from '../../core/card/line.ts';
import {
  type ClosedState,
  type DecisionProblem,
  decideRequest,
  type RequestDecision,
} from '../../core/requests/request-state.ts';
import type { Release } from '../../db/queries/load-release.ts';
import { lockRelease } from '../../db/queries/lock-release.ts';
import { findRequest, lockRequest, type SecondPersonRequest } from '../../db/queries/requests.ts';
import type { Ctx } from '../kernel/context.ts';
import { checkRequest } from '../kernel/permissions.ts';
import type { CheckRight } from '../kernel/refuse-invalid.ts';
import type { OrganizationAct, RequestAct } from '../kernel/request-act.ts';
import { done, type Refusal, type Result, refuse } from '../kernel/result.ts';
import type { Scope } from '../kernel/scope.ts';
import { describeWhoMay } from '../kernel/who-may.ts';
import { mayBeSamePerson } from '../people/may-be-same-person.ts';
import { acts, findAct } from './acts.ts';

/** A request by its id; or by the name of an act of no release, of which one is open at most. */
export const requestName = z.union([z.uuid(), z.literal('freeze.now')], 'There is no such request.');

/** What was learnt before the transaction of the actor's rights to what is of no release. */
type Rights = ((scope: Scope) => Promise<Refusal | null>) | null;

export interface LockedRequest {
  request: SecondPersonRequest;
  /** Null: it is of no release. */
  release: Release | null;
  act: RequestAct;
}

/** Null: the request is of a release, whose rights are rows. */
export async function readRights(
  ctx: Ctx,
  { requestId, request }: { requestId: string; request: SecondPersonRequest | null },
): Promise<Rights> {
  const act = organizationAct(request?.act ?? requestId);
  return act?.readRights(ctx) ?? null;
}

function organizationAct(name: string): OrganizationAct | null {
  const act = acts.find((each) => each.name === name);
  return act && 'readRights' in act ? act : null;
}

/** Whether the actor may take a decision now; everything but what it does. */
export async function checkDecision(
  scope: Scope,
  { requestId, decision, rights }: { requestId: string; decision: RequestDecision; rights: Rights },
): Promise<Result<LockedRequest & { state: ClosedState }>> {
  const found = await loadLocked(scope, requestId, rights);
  if (!found.ok) return found;
  const { request, release, act } = found.value;
  const isOwn = await isByRequester(scope, request);
  if (decision !== 'withdraw') {
    const refusal = await checkDecider(scope, found.value, rights);
    if (refusal) return { ok: false, refusal };
  }
  const ended = release && 'refuseNow' in act && decision !== 'withdraw' ? act.refuseNow?.(release) : null;
  if (ended && request.state === 'open') return { ok: false, refusal: ended };
  const expiresAt = request.expiresAt.getTime();
  const decided = decideRequest({ state: request.state, expiresAt }, { decision, isOwn, now: scope.now });
  return decided.ok
    ? done({ ...found.value, state: decided.state })
    : refuseDecision(found.value, decided.problem);
}

/** Who may not is told so before being told what is wrong with what they typed. */
export function checkRight(rights: Rights): CheckRight {
  return async (scope, given) => {
    const named = z.object({ requestId: requestName }).safeParse(given);
    if (!named.success) return null;
    const found = await loadLocked(scope, named.data.requestId, rights);
    if (!found.ok) return found;
    const refusal = await checkDecider(scope, found.value, rights);
    if (refusal) return { ok: false, refusal };
    return found.value.release ? done(found.value.release.id) : null;
  };
}

/** The release first, as everywhere. */
async function loadLocked(scope: Scope, requestId: string, rights: Rights): Promise<Result<LockedRequest>> {
  const found = await findRequest(scope.tx, requestId);
  const releaseId = found?.releaseId ?? null;
  const release = releaseId === null ? null : await lockRelease(scope.tx, { id: releaseId });
  const request = found && (await lockRequest(scope.tx, found.id));
  if (!request || (releaseId !== null && !release)) {
    const refusal = (await rights?.(scope)) ?? null;
    if (refusal) return { ok: false, refusal };
    return refuse('not-found', organizationAct(requestId)?.noneOpen ?? 'There is no such request.');
  }
  return done({ request, release, act: findAct(request.act) });
}

async function checkDecider(
  scope: Scope,
  { release, act }: LockedRequest,
  rights: Rights,
): Promise<Refusal | null> {
  if ('decides' in act) return release && checkRequest(scope, release, act.decides);
  if (!rights) throw new Error(`nobody asked who may decide on ${act.name}`);
  return rights(scope);
}

/** Whoever asked, by any account that is, or may be, theirs. */
async function isByRequester(scope: Scope, { personId }: SecondPersonRequest): Promise<boolean> {
  const { actor } = scope.ctx;
  if (actor.kind !== 'person') return false;
  return actor.personId === personId || mayBeSamePerson(scope, personId);
}

function refuseDecision({ request, release, act }: LockedRequest, problem: DecisionProblem): Result<never> {
  const { state, personName, decidedByName } = request;
  const about = release ? { releaseId: release.id } : {};
  switch (problem) {
    case 'decided':
      return refuse('wrong-state', `It was already ${state} by ${decidedByName}.`, about);
    case 'lapsed':
      return refuse('wrong-state', 'Nobody agreed in time, so the request has lapsed. Ask again.', about);
    case 'own': {
      const others =
        release && 'decides' in act
          ? line`somebody else of ${describeWhoMay(release, act.decides)}`
          : 'anybody else who may approve it';
      const message = 'You asked for this, and it takes a second person to decide.';
      return refuse('not-permitted', message, { ...about, who: others });
    }
    case 'not-own': {
      const message = line`Only ${personName}, who asked for it, can withdraw it. You can refuse it.`;
      return refuse('not-permitted', message, { ...about, who: personName });
    }
  }
}
