import { eq } from 'drizzle-orm';
import * as z from 'zod';
import { line } from '../../core/card/line.ts';
import type { FreezeRequest } from '../../db/queries/freezes.ts';
import { freezeRequests } from '../../db/schema/freezes.ts';
import { askPlatform } from '../kernel/ask-platform.ts';
import type { Ctx } from '../kernel/context.ts';
import { done, type Result, refuse } from '../kernel/result.ts';
import type { Scope } from '../kernel/scope.ts';
import { runVerb } from '../kernel/verb.ts';
import { mayBeSamePerson } from '../people/may-be-same-person.ts';
import { checkCreation } from '../release/may-create-release.ts';
import { checkFreezeNow, seeFreezes } from './freeze-rights.ts';
import { describeRequest, holdAll } from './hold-all.ts';

/** `requestId` null: the one that is open. */
const inputSchema = z.object({ requestId: z.uuid().nullable(), decision: z.enum(['approve', 'withdraw']) });
type Input = z.infer<typeof inputSchema>;

export interface DecidedFreeze {
  decision: Input['decision'];
  name: string;
  /** Epoch ms. */
  until: number;
  zone: string;
  /** The keys of the releases that are paused now. */
  held: string[];
}

/**
 * A second person agrees to a freeze, and everything is held at once; or whoever asked withdraws. Two accounts of one
 * person are one person.
 */
export async function decideFreeze({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: Input;
}): Promise<Result<DecidedFreeze>> {
  const creation = await askPlatform(ctx, () => checkCreation(ctx));
  const run = async (scope: Scope, parsed: Input) => {
    const allowed = await checkFreezeNow(scope, creation);
    return allowed.ok ? decide(scope, parsed, allowed.value.personId) : allowed;
  };
  return runVerb({ name: 'freeze.decide', input: inputSchema, run }, { ctx, input });
}

async function decide(scope: Scope, input: Input, personId: string): Promise<Result<DecidedFreeze>> {
  const found = await lockRequest(scope, input.requestId);
  if (!found.ok) return found;
  const request = found.value;
  const isOwn = request.personId === personId;
  if (input.decision === 'withdraw') {
    if (!isOwn) {
      const message = `Only ${request.personName}, who asked for it, can withdraw it. Without a second person it lapses by itself.`;
      return refuse('not-permitted', message, { who: request.personName });
    }
    await close(scope, request, { state: 'withdrawn' });
    return done({ ...describeRequest(request), decision: 'withdraw', held: [] });
  }
  if (isOwn || (await mayBeSamePerson(scope, request.personId))) {
    const message = 'You asked for this freeze, and it takes a second person to agree.';
    return refuse('not-permitted', message, { who: 'anybody else who may freeze releases' });
  }
  const freezeId = scope.ctx.newId();
  await close(scope, request, { state: 'approved', freezeId });
  const held = await holdAll(scope, request, freezeId);
  return done({ ...describeRequest(request), decision: 'approve', held: held.map(({ key }) => key) });
}

async function lockRequest({ tx, now }: Scope, requestId: string | null): Promise<Result<FreezeRequest>> {
  const isMeant = requestId === null ? eq(freezeRequests.state, 'open') : eq(freezeRequests.id, requestId);
  const rows = await tx.select().from(freezeRequests).where(isMeant).for('update');
  const request = rows.find(({ expiresAt }) => requestId !== null || expiresAt.getTime() > now);
  if (!request) return refuse('not-found', line`Nobody has asked for a freeze. See all with ${seeFreezes}.`);
  const { state, decidedByName, expiresAt } = request;
  if (state !== 'open') return refuse('wrong-state', `It was already ${state} by ${decidedByName}.`);
  if (expiresAt.getTime() > now) return done(request);
  return refuse('wrong-state', 'Nobody agreed in time, so the request has lapsed. Ask again.');
}

async function close(
  scope: Scope,
  request: FreezeRequest,
  decision: { state: 'withdrawn' } | { state: 'approved'; freezeId: string },
): Promise<void> {
  const { id } = request;
  const { state } = decision;
  const decided = { decidedAt: new Date(scope.now), decidedByName: scope.ctx.actor.name };
  await scope.tx
    .update(freezeRequests)
    .set({ state, ...decided })
    .where(eq(freezeRequests.id, id));
  const made = decision.state === 'approved' && {
    details: { freezeId: decision.freezeId, name: describeRequest(request).name },
  };
  scope.audit({ action: `freeze.${state}`, releaseId: null, subject: id, ...made });
}
