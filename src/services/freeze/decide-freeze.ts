import { and, eq, isNull, ne, or } from 'drizzle-orm';
import * as z from 'zod';
import { line } from '../../core/card/line.ts';
import { frozenMessage } from '../../core/messages/freeze-message.ts';
import type { FreezeRequest } from '../../db/queries/freezes.ts';
import type { Release } from '../../db/queries/load-release.ts';
import { lockRelease } from '../../db/queries/lock-release.ts';
import { activeOperation, loadRollout } from '../../db/queries/rollouts.ts';
import { freezeRequests, freezes } from '../../db/schema/freezes.ts';
import { accountMatches, identities } from '../../db/schema/people.ts';
import { shortenText } from '../../lib/shorten-text.ts';
import { askPlatform } from '../kernel/ask-platform.ts';
import type { Ctx } from '../kernel/context.ts';
import { done, type Result, refuse } from '../kernel/result.ts';
import type { Scope } from '../kernel/scope.ts';
import { runVerb } from '../kernel/verb.ts';
import { holdRelease } from '../lifecycle/pause-release.ts';
import { checkCreation } from '../release/may-create-release.ts';
import { checkFreezeNow, seeFreezes } from './freeze-rights.ts';
import { releasesToHold } from './releases-to-hold.ts';
import { tellOnce } from './tell-once.ts';

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

/** Why a release is paused that a freeze holds. */
export function heldReason(freezeName: string): string {
  return `Freeze: ${freezeName}`;
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
    await close(scope, request, 'withdrawn');
    return done({ ...describe(request), decision: 'withdraw', held: [] });
  }
  if (isOwn || (await mayBeSamePerson(scope, request))) {
    const message = 'You asked for this freeze, and it takes a second person to agree.';
    return refuse('not-permitted', message, { who: 'anybody else who may freeze releases' });
  }
  await close(scope, request, 'approved');
  const held = await holdAll(scope, request);
  return done({ ...describe(request), decision: 'approve', held: held.map(({ key }) => key) });
}

async function lockRequest({ tx, now }: Scope, requestId: string | null): Promise<Result<FreezeRequest>> {
  const isMeant = requestId === null ? eq(freezeRequests.state, 'open') : eq(freezeRequests.id, requestId);
  const rows = await tx.select().from(freezeRequests).where(isMeant).for('update');
  const request = rows.find(({ expiresAt }) => requestId !== null || expiresAt.getTime() > now);
  if (!request) return refuse('not-found', line`Nobody has asked for a freeze. See all with ${seeFreezes}.`);
  const { state, decidedByName, expiresAt } = request;
  if (state !== 'open') return refuse('wrong-state', `It was ${state} by ${decidedByName} already.`);
  if (expiresAt.getTime() > now) return done(request);
  return refuse('wrong-state', 'Nobody agreed in time, so the request has lapsed. Ask again.');
}

/** Whether the actor's account may be another one of whoever asked: two accounts with one address that nobody denied. */
async function mayBeSamePerson({ tx, ctx: { actor } }: Scope, request: FreezeRequest): Promise<boolean> {
  if (actor.kind !== 'person') return false;
  const { platform, otherPlatform, platformId, otherId, answer } = accountMatches;
  const isActor = and(eq(platform, actor.identity.platform), eq(platformId, actor.identity.id));
  const isOther = and(eq(identities.platform, otherPlatform), eq(identities.platformId, otherId));
  const [match] = await tx
    .select({ platform })
    .from(accountMatches)
    .innerJoin(identities, isOther)
    .where(
      and(isActor, eq(identities.personId, request.personId), or(isNull(answer), ne(answer, 'not_mine'))),
    )
    .limit(1);
  return match !== undefined;
}

async function close(scope: Scope, { id }: FreezeRequest, state: 'approved' | 'withdrawn'): Promise<void> {
  const decided = { decidedAt: new Date(scope.now), decidedByName: scope.ctx.actor.name };
  await scope.tx
    .update(freezeRequests)
    .set({ state, ...decided })
    .where(eq(freezeRequests.id, id));
  scope.audit({ action: `freeze.${state}`, releaseId: null, subject: id });
}

function describe({ reason, until, zone }: FreezeRequest) {
  return { name: nameOf(reason), until: until.getTime(), zone };
}

/** The reason on one line, as far as a name goes. */
function nameOf(reason: string): string {
  return shortenText(reason.replace(/\s+/g, ' ').trim(), 80);
}

async function holdAll(scope: Scope, request: FreezeRequest): Promise<Release[]> {
  const { name, until, zone } = describe(request);
  const held: Release[] = [];
  const listed = await releasesToHold(scope, until);
  for (const { id } of listed.toSorted((one, other) => (one.id < other.id ? -1 : 1))) {
    const release = await lockRelease(scope.tx, { id });
    if (!release || release.pause) continue;
    await holdRelease(scope, release, { reason: heldReason(name), until });
    held.push(release);
  }
  await scope.tx.insert(freezes).values({
    id: scope.ctx.newId(),
    name,
    zone,
    times: { kind: 'once', from: scope.now, until },
    products: null,
    production: null,
    except: [],
    addedByName: `${request.personName} and ${scope.ctx.actor.name}`,
    addedAt: new Date(scope.now),
    held: held.map(({ id }) => id),
  });
  await tellFrozen(scope, request, { listed, held });
  return held;
}

async function tellFrozen(
  scope: Scope,
  { reason, personName: by, until, zone }: FreezeRequest,
  { listed, held }: { listed: readonly Release[]; held: readonly Release[] },
): Promise<void> {
  const promoting = new Set<string>();
  for (const { id } of listed) {
    if (activeOperation(await loadRollout(scope.tx, id))?.kind === 'promote') promoting.add(id);
  }
  const isHeld = new Set(held.map(({ id }) => id));
  await tellOnce(scope, listed, {
    subject: 'frozen',
    contentFor: (here) =>
      frozenMessage({
        ...{ reason, until: until.getTime(), zone, by, agreedBy: scope.ctx.actor.name },
        held: here.filter(({ id }) => isHeld.has(id)).map(({ key }) => key),
        promoting: here.filter(({ id }) => promoting.has(id)).map(({ key }) => key),
      }),
  });
}
