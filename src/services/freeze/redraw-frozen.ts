import * as z from 'zod';
import { listUnderWay } from '../../db/queries/load-release.ts';
import type { Ctx } from '../kernel/context.ts';
import { checkSystem } from '../kernel/permissions.ts';
import { done, type Result } from '../kernel/result.ts';
import type { Scope } from '../kernel/scope.ts';
import { runVerb } from '../kernel/verb.ts';

/** A freeze has begun or ended: the cards of what is under way say so. */
export function redrawFrozen({ ctx }: { ctx: Ctx }): Promise<Result<null>> {
  return runVerb({ name: 'freeze.redraw', input: z.object({}), run: redraw }, { ctx, input: {} });
}

async function redraw(scope: Scope): Promise<Result<null>> {
  const refusal = checkSystem(scope.ctx.actor);
  if (refusal) return { ok: false, refusal };
  const releases = await listUnderWay(scope.tx);
  for (const { id } of releases) scope.invalidateCards(id);
  return done(null);
}
