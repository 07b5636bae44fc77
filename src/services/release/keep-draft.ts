import { eq } from 'drizzle-orm';
import * as z from 'zod';
import { command } from '../../core/card/card.ts';
import type { FormValues } from '../../core/card/form.ts';
import { line } from '../../core/card/line.ts';
import { draftKeptMs } from '../../db/queries/release-drafts.ts';
import { releaseDrafts } from '../../db/schema/release-drafts.ts';
import { askPlatform } from '../kernel/ask-platform.ts';
import type { Ctx } from '../kernel/context.ts';
import { done, type Result, refuse } from '../kernel/result.ts';
import type { Scope } from '../kernel/scope.ts';
import { runVerb } from '../kernel/verb.ts';
import { checkCreation } from './may-create-release.ts';

const inputSchema = z.object({
  draftId: z.uuid(),
  /** The first part of it, which begins the draft unless it was begun before. */
  begins: z.boolean(),
  values: z.record(z.string(), z.string().nullable()),
});
type Input = z.infer<typeof inputSchema>;

/**
 * Keeps what somebody has filled in of a release that they plan, added to what they had filled in before. Only they
 * can go on with it, within a day. It decides nothing, so the audit trail has only the release that is made of it.
 */
export async function keepDraft(args: {
  ctx: Ctx;
  input: { draftId: string; begins: boolean; values: FormValues };
}): Promise<Result<null>> {
  const allowed = await askPlatform(args.ctx, () => checkCreation(args.ctx));
  const run = async (scope: Scope, input: Input) => (allowed.ok ? keep(scope, input) : allowed);
  const checkRight = async () => (allowed.ok ? null : allowed);
  return runVerb({ name: 'release.draft', input: inputSchema, run, checkRight }, args);
}

async function keep({ ctx, tx }: Scope, { draftId: id, begins, values }: Input): Promise<Result<null>> {
  const { actor, clock } = ctx;
  if (actor.kind !== 'person')
    return refuse('not-permitted', 'Only people in this workspace can fill in forms.');
  const { personId } = actor;
  const keptAt = new Date(clock.wall());
  const [before] = await tx.select().from(releaseDrafts).where(eq(releaseDrafts.id, id)).for('update');
  if (before && before.personId !== personId) {
    return refuse('not-permitted', line`This form is not yours. Start your own with ${startAgain}.`);
  }
  if (before?.plannedAs) {
    const edit = command('release', `edit ${before.plannedAs}`);
    return refuse('wrong-state', line`${before.plannedAs} is already planned. Change it with ${edit}.`);
  }
  const isKept = before && keptAt.getTime() - before.keptAt.getTime() < draftKeptMs;
  if (!isKept && !begins) {
    return refuse(
      'not-found',
      line`What you filled in was kept for a day and is now gone, so nothing was planned. Start again with ${startAgain}.`,
    );
  }
  const all = isKept ? { ...before.values, ...values } : values;
  await tx
    .insert(releaseDrafts)
    .values({ id, personId, values: all, keptAt })
    .onConflictDoUpdate({ target: releaseDrafts.id, set: { values: all, keptAt } });
  return done(null);
}

const startAgain = command('release', 'new');
