import * as z from 'zod';
import { line } from '../../core/card/line.ts';
import { localDate } from '../../core/card/local-date.ts';
import { describeScopeChange } from '../../core/changes/scope-change.ts';
import { type ChangeRequest, findChangeRequest } from '../../db/queries/changes.ts';
import type { Release } from '../../db/queries/load-release.ts';
import { lockRelease } from '../../db/queries/lock-release.ts';
import type { Ctx } from '../kernel/context.ts';
import { describeHolders } from '../kernel/describe-holders.ts';
import { checkRequest } from '../kernel/permissions.ts';
import type { CheckRight } from '../kernel/refuse-invalid.ts';
import { done, type Result, refuse } from '../kernel/result.ts';
import type { Scope } from '../kernel/scope.ts';
import { runVerb } from '../kernel/verb.ts';
import { rolesHolding } from '../kernel/who-may.ts';
import { mayBeSamePerson } from '../people/may-be-same-person.ts';
import { refuseEnded } from './check-late-change.ts';

/** What a button or a form brings back. */
export const changeInput = z.object({ requestId: z.uuid('There is no such request.') });

export interface LoadedChange {
  release: Release;
  request: ChangeRequest;
}

/** What is said of a request that is decided. */
export interface CheckedChange {
  requestId: string;
  releaseKey: string;
  /** As a sentence without its end. */
  change: string;
  by: string;
}

/** Whether somebody may decide on a request now: asked before the form for a refusal opens. */
export function checkChange(args: {
  ctx: Ctx;
  input: z.infer<typeof changeInput>;
}): Promise<Result<CheckedChange>> {
  const run = async (scope: Scope, { requestId }: z.infer<typeof changeInput>) => {
    const loaded = await loadForDecision(scope, requestId);
    return loaded.ok ? done(describeChecked(loaded.value)) : loaded;
  };
  return runVerb({ name: 'change.check', input: changeInput, run }, args);
}

/** Locks the release of a request, for a decision on it by a second person. Two accounts of one person are one. */
export async function loadForDecision(scope: Scope, requestId: string): Promise<Result<LoadedChange>> {
  const loaded = await loadPermitted(scope, requestId);
  if (!loaded.ok) return loaded;
  const { release, request } = loaded.value;
  const about = { releaseId: release.id };
  const { state, decidedByName, decidedAt, requestedById } = request;
  if (state !== 'open') {
    const at = localDate(decidedAt?.getTime() ?? scope.now, release.plan.goLive.zone);
    return refuse('wrong-state', line`${decidedByName ?? 'Somebody'} already ${state} this ${at}.`, about);
  }
  const ended = refuseEnded(release);
  if (ended) return ended;
  const { actor } = scope.ctx;
  const isOwn = actor.kind === 'person' && actor.personId === requestedById;
  if (!isOwn && !(await mayBeSamePerson(scope, requestedById))) return loaded;
  const who = line`somebody else of ${describeHolders(release, rolesHolding(release, 'change.decide'))}`;
  const message = 'You asked for this change, and it takes a second person to decide on it.';
  return refuse('not-permitted', message, { ...about, who });
}

/** Who may not is told so before being told what is wrong with what they typed. */
export const rightToDecide: CheckRight = async (scope, input) => {
  const named = changeInput.safeParse(input);
  if (!named.success) return null;
  const loaded = await loadPermitted(scope, named.data.requestId);
  return loaded.ok ? done(loaded.value.release.id) : loaded;
};

async function loadPermitted(scope: Scope, requestId: string): Promise<Result<LoadedChange>> {
  const named = await findChangeRequest(scope.tx, requestId);
  const release = named && (await lockRelease(scope.tx, { id: named.releaseId }));
  // Read again: it may have been decided while the lock was waited for.
  const request = release && (await findChangeRequest(scope.tx, requestId));
  if (!release || !request) return refuse('not-found', 'There is no such request.');
  const refusal = checkRequest(scope, release, 'change.decide');
  return refusal ? { ok: false, refusal } : done({ release, request });
}

export function describeChecked({ release, request }: LoadedChange): CheckedChange {
  const { id: requestId, requestedByName: by } = request;
  return { requestId, releaseKey: release.key, change: describeScopeChange(request), by };
}
