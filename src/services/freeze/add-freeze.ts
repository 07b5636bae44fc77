import * as z from 'zod';
import { isZone } from '../../core/calendar/local-time.ts';
import { type Line, line } from '../../core/card/line.ts';
import { describeTimes } from '../../core/freeze/describe-freeze.ts';
import { concerns, type Freeze, isSameName } from '../../core/freeze/freeze.ts';
import { nextSpan, spanAt } from '../../core/freeze/freeze-window.ts';
import { parseFreezeTimes } from '../../core/freeze/parse-freeze-times.ts';
import { freezeAddedMessage } from '../../core/messages/freeze-message.ts';
import { PRODUCTION_CHANNELS } from '../../core/plan/environments.ts';
import { RELEASE_TYPES } from '../../core/plan/planning-arguments.ts';
import { listUnderWay, type Release } from '../../db/queries/load-release.ts';
import { freezes } from '../../db/schema/freezes.ts';
import { hasVisibleText } from '../../lib/visible-text.ts';
import type { Ctx } from '../kernel/context.ts';
import { loadFreezes } from '../kernel/refuse-frozen.ts';
import { done, type Result, refuse } from '../kernel/result.ts';
import type { Scope } from '../kernel/scope.ts';
import { runVerb } from '../kernel/verb.ts';
import { checkFreezeChange, seeFreezes } from './freeze-rights.ts';
import { tellOnce } from './tell-once.ts';

const inputSchema = z.object({
  name: z
    .string()
    .trim()
    .refine(hasVisibleText, { error: 'A freeze needs a name.' })
    .max(80, 'A name can have at most 80 characters.'),
  /** As typed: see `parseFreezeTimes`. */
  from: z.string(),
  until: z.string(),
  zone: z.string().refine(isZone, { error: 'That zone is not an IANA time zone such as Europe/Berlin.' }),
  products: z.array(z.string().min(1)).min(1).nullable(),
  production: z.array(z.enum(PRODUCTION_CHANNELS)).min(1).nullable(),
  except: z.array(z.enum(RELEASE_TYPES)),
});
type Input = z.infer<typeof inputSchema>;

export interface AddedFreezeResult {
  name: string;
  times: Line;
  /** The keys of the releases under way that are planned to go live in it. */
  inside: string[];
}

/** Adds a freeze. Whatever is planned to go live in it stays planned, and its channel is told. */
export async function addFreeze({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: Input;
}): Promise<Result<AddedFreezeResult>> {
  const allowed = await checkFreezeChange(ctx);
  const run = async (scope: Scope, parsed: Input) => (allowed.ok ? add(scope, parsed) : allowed);
  const checkRight = async () => (allowed.ok ? null : allowed);
  return runVerb({ name: 'freeze.add', input: inputSchema, run, checkRight }, { ctx, input });
}

/** Whether somebody may: asked before the form opens. */
export async function mayAddFreeze({ ctx }: { ctx: Ctx }): Promise<Result<null>> {
  const allowed = await checkFreezeChange(ctx);
  return runVerb({ name: 'freeze.add', input: z.object({}), run: async () => allowed }, { ctx, input: {} });
}

async function add(scope: Scope, { from, until, ...input }: Input): Promise<Result<AddedFreezeResult>> {
  const read = parseFreezeTimes(from, until);
  if (!read.ok) return refuse('invalid', read.message, { field: 'from' });
  const freeze = { id: scope.ctx.newId(), ...input, times: read.times };
  if (!nextSpan(freeze, scope.now)) {
    return refuse('invalid', 'That is already over. Choose a later end.', { field: 'until' });
  }
  const all = await loadFreezes(scope.tx, scope.ctx);
  const taken = all.some((other) => isSameName(other.name, freeze.name) && nextSpan(other, scope.now));
  if (taken) {
    const message = line`There is already a freeze "${freeze.name}". Choose another name; see them with ${seeFreezes}.`;
    return refuse('already-exists', message, { field: 'name' });
  }
  const { actor } = scope.ctx;
  const added = { addedByName: actor.name, addedAt: new Date(scope.now), held: [] };
  await scope.tx.insert(freezes).values({ ...freeze, ...added });
  scope.audit({
    action: 'freeze.added',
    releaseId: null,
    subject: freeze.id,
    details: { ...input, from, until },
  });
  const inside = await releasesInside(scope, freeze);
  const times = describeTimes(freeze);
  await tellOnce(scope, inside, {
    subject: 'freeze-added',
    contentFor: (here) =>
      freezeAddedMessage({ name: freeze.name, times, by: actor.name, keys: here.map(({ key }) => key) }),
  });
  return done({ name: freeze.name, times, inside: inside.map(({ key }) => key) });
}

async function releasesInside({ tx, now }: Scope, freeze: Freeze): Promise<Release[]> {
  const releases = await listUnderWay(tx);
  return releases.filter(
    ({ plan, goLiveAt }) => goLiveAt >= now && concerns(freeze, plan) && spanAt(freeze, goLiveAt) !== null,
  );
}
