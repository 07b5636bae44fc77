import { and, eq, isNull } from 'drizzle-orm';
import * as z from 'zod';
import { line } from '../../core/card/line.ts';
import { isSameName } from '../../core/freeze/freeze.ts';
import { nextSpan } from '../../core/freeze/freeze-window.ts';
import { type AddedFreeze, listAddedFreezes } from '../../db/queries/freezes.ts';
import { lockRelease } from '../../db/queries/lock-release.ts';
import { freezes } from '../../db/schema/freezes.ts';
import { ConflictError } from '../kernel/conflict-error.ts';
import type { Ctx } from '../kernel/context.ts';
import { done, type Result, refuse } from '../kernel/result.ts';
import type { Scope } from '../kernel/scope.ts';
import { runVerb } from '../kernel/verb.ts';
import { endPause } from '../lifecycle/resume-release.ts';
import { checkFreezeChange, seeFreezes } from './freeze-rights.ts';
import { heldReason } from './hold-all.ts';

const inputSchema = z.object({ name: z.string().trim().min(1, 'Which freeze? Give its name.') });
type Input = z.infer<typeof inputSchema>;

export interface EndedFreeze {
  name: string;
  /** The keys of the releases that were paused because of it and go on. */
  resumed: string[];
}

/** Ends a freeze that was added by command; what was paused because of it goes on. */
export async function endFreeze({ ctx, input }: { ctx: Ctx; input: Input }): Promise<Result<EndedFreeze>> {
  const allowed = await checkFreezeChange(ctx);
  const run = async (scope: Scope, parsed: Input) => (allowed.ok ? end(scope, parsed) : allowed);
  const checkRight = async () => (allowed.ok ? null : allowed);
  return runVerb({ name: 'freeze.end', input: inputSchema, run, checkRight }, { ctx, input });
}

async function end(scope: Scope, { name }: Input): Promise<Result<EndedFreeze>> {
  const { tx, ctx, now } = scope;
  const freeze = await findAdded(scope, name);
  if (!freeze) {
    const isConfigured = ctx.freezes.some((each) => isSameName(each.name, name));
    return isConfigured
      ? refuse('wrong-state', `The freeze "${name}" is in tminus.yaml. An operator removes it there.`)
      : refuse('not-found', line`There is no freeze "${name}". See them with ${seeFreezes}.`);
  }
  const isOpen = and(eq(freezes.id, freeze.id), isNull(freezes.endedAt));
  const ended = await tx
    .update(freezes)
    .set({ endedAt: new Date(now) })
    .where(isOpen)
    .returning({ id: freezes.id });
  if (ended.length !== 1) throw new ConflictError(`the freeze ${freeze.name} was ended meanwhile`);
  const resumed: string[] = [];
  for (const id of freeze.held.toSorted()) {
    const release = await lockRelease(tx, { id });
    // Somebody may have resumed it, or paused it for another reason.
    if (release?.pause?.reason !== heldReason(freeze.name)) continue;
    await endPause(scope, release);
    resumed.push(release.key);
  }
  scope.audit({
    action: 'freeze.ended',
    releaseId: null,
    subject: freeze.id,
    details: { name: freeze.name, resumed },
  });
  return done({ name: freeze.name, resumed });
}

/** A name may be used again once its freeze is over, and two requests may give the same reason: the latest that still holds. */
async function findAdded({ tx, now }: Scope, name: string): Promise<AddedFreeze | undefined> {
  const named = (await listAddedFreezes(tx)).filter((each) => isSameName(each.name, name));
  return named.findLast((each) => nextSpan(each, now)) ?? named.at(-1);
}
