import * as z from 'zod';
import { describeInstant } from '../../core/calendar/describe-instant.ts';
import { askPlatform } from '../kernel/ask-platform.ts';
import type { Ctx } from '../kernel/context.ts';
import { reasonSchema } from '../kernel/reason-schema.ts';
import { type AwaitedRequest, requireSecondPerson } from '../kernel/require-second-person.ts';
import { done, type Result, refuse } from '../kernel/result.ts';
import type { Scope } from '../kernel/scope.ts';
import { runVerb } from '../kernel/verb.ts';
import { destinationsFor } from '../release/destinations-for.ts';
import { checkCreation } from '../release/may-create-release.ts';
import { checkFreezeNow } from './freeze-rights.ts';
import { releasesToHold } from './releases-to-hold.ts';
import { secondPersonFreeze } from './second-person-freeze.ts';

const inputSchema = z.object({
  reason: reasonSchema('A freeze needs a reason: say what has happened.'),
  /** Epoch ms. */
  until: z.number().int(),
});
type Input = z.infer<typeof inputSchema>;

export interface RequestedFreeze extends AwaitedRequest {
  /** The keys of the releases that would be paused. */
  holds: string[];
}

/** So long somebody has to agree at most. Milliseconds. */
const openMs = 3_600_000;

/** Asks for everything to be held at once. Nothing is, until a second person agrees (`decideOnRequest`). */
export async function requestFreeze({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: Input;
}): Promise<Result<RequestedFreeze>> {
  const creation = await askPlatform(ctx, () => checkCreation(ctx));
  const run = async (scope: Scope, parsed: Input) => {
    const allowed = await checkFreezeNow(scope, creation);
    return allowed.ok ? request(scope, parsed) : allowed;
  };
  const checkRight = async (scope: Scope) => {
    const allowed = await checkFreezeNow(scope, creation);
    return allowed.ok ? null : allowed;
  };
  return runVerb({ name: 'freeze.request', input: inputSchema, run, checkRight }, { ctx, input });
}

/** Whether somebody may ask for it: asked before the form opens. */
export async function mayRequestFreeze({ ctx }: { ctx: Ctx }): Promise<Result<null>> {
  const creation = await askPlatform(ctx, () => checkCreation(ctx));
  const run = async (scope: Scope): Promise<Result<null>> => {
    const allowed = await checkFreezeNow(scope, creation);
    return allowed.ok ? done(null) : allowed;
  };
  return runVerb({ name: 'freeze.request', input: z.object({}), run }, { ctx, input: {} });
}

async function request(scope: Scope, { reason, until }: Input): Promise<Result<RequestedFreeze>> {
  const { ctx, now } = scope;
  if (until <= now) {
    return refuse('invalid', 'That time has passed. Choose a later end.', { field: 'until' });
  }
  const zone = ctx.defaultZone;
  const releases = await releasesToHold(scope, until);
  const end = new Date(until).toISOString();
  const asked = await requireSecondPerson(scope, {
    act: secondPersonFreeze,
    release: null,
    input: { reason, until: end, zone },
    words: `freeze everything until ${describeInstant(until, zone)}`,
    zone,
    // Once its end has passed there is nothing to agree to.
    expiresAt: Math.min(now + openMs, until),
    cards: releases.map((release) => ({ releaseId: release.id, to: destinationsFor(release, 'release') })),
  });
  return asked.ok ? done({ ...asked.value, holds: releases.map(({ key }) => key) }) : asked;
}
