import * as z from 'zod';
import { line } from '../../core/card/line.ts';
import { freezeAskedMessage } from '../../core/messages/freeze-message.ts';
import { listOpenFreezeRequests } from '../../db/queries/freezes.ts';
import { freezeRequests } from '../../db/schema/freezes.ts';
import { askPlatform } from '../kernel/ask-platform.ts';
import type { Ctx } from '../kernel/context.ts';
import { reasonSchema } from '../kernel/reason-schema.ts';
import { done, type Result, refuse } from '../kernel/result.ts';
import type { Scope } from '../kernel/scope.ts';
import { eachOnce } from '../kernel/stand-ins.ts';
import { runVerb } from '../kernel/verb.ts';
import { whoMay } from '../kernel/who-may.ts';
import { checkCreation } from '../release/may-create-release.ts';
import { checkFreezeNow, seeFreezes } from './freeze-rights.ts';
import { releasesToHold } from './releases-to-hold.ts';
import { tellOnce } from './tell-once.ts';

const inputSchema = z.object({
  reason: reasonSchema('A freeze needs a reason: say what has happened.'),
  /** Epoch ms. */
  until: z.number().int(),
});
type Input = z.infer<typeof inputSchema>;

export interface RequestedFreeze {
  requestId: string;
  /** Until when somebody has to agree, epoch ms. */
  expiresAt: number;
  zone: string;
  /** The keys of the releases that would be paused. */
  holds: string[];
}

/** So long somebody has to agree at most. Milliseconds. */
const openMs = 3_600_000;

/** Asks for everything to be held at once. Nothing is, until a second person agrees (`decideFreeze`). */
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
    return allowed.ok ? request(scope, parsed, allowed.value.personId) : allowed;
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

async function request(
  scope: Scope,
  { reason, until }: Input,
  personId: string,
): Promise<Result<RequestedFreeze>> {
  const { ctx, tx, now } = scope;
  if (until <= now) {
    return refuse('invalid', 'That time has passed. Choose a later end.', { field: 'until' });
  }
  const [open] = await listOpenFreezeRequests(tx, now);
  if (open) {
    const message = line`${open.personName} has already asked for a freeze. Agree to it, or see it with ${seeFreezes}.`;
    return refuse('already-exists', message);
  }
  const requestId = ctx.newId();
  // Once its end has passed there is nothing to agree to.
  const expiresAt = Math.min(now + openMs, until);
  const { name: by } = ctx.actor;
  const zone = ctx.defaultZone;
  await tx.insert(freezeRequests).values({
    id: requestId,
    personId,
    personName: by,
    reason,
    until: new Date(until),
    zone,
    requestedAt: new Date(now),
    expiresAt: new Date(expiresAt),
    state: 'open',
  });
  const details = { reason, until: new Date(until).toISOString() };
  scope.audit({ action: 'freeze.requested', releaseId: null, subject: requestId, details });
  const releases = await releasesToHold(scope, until);
  await tellOnce(scope, releases, {
    subject: 'freeze-asked',
    contentFor: (here) => {
      const people = eachOnce(here.flatMap((release) => whoMay(release, 'freeze.now')));
      const others = people.filter((person) => person.personId !== personId);
      return freezeAskedMessage({ requestId, by, reason, until, zone, expiresAt, people: others });
    },
  });
  return done({ requestId, expiresAt, zone, holds: releases.map(({ key }) => key) });
}
