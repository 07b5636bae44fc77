import * as z from 'zod';
import { command } from '../../core/card/card.ts';
import { line } from '../../core/card/line.ts';
import { localDate } from '../../core/card/local-date.ts';
import { codeFreezeAt, isCodeFrozen } from '../../core/changes/code-freeze.ts';
import { mayEdit, releaseStateTitles } from '../../core/release/release-state.ts';
import type { Release } from '../../db/queries/load-release.ts';
import type { Ctx } from '../kernel/context.ts';
import { loadForRequest, type ReleaseKey } from '../kernel/load-for-request.ts';
import { done, type Result, refuse } from '../kernel/result.ts';
import type { Scope } from '../kernel/scope.ts';
import { runVerb } from '../kernel/verb.ts';

const inputSchema = z.object({ releaseKey: z.string().nullable() });

/** Whether somebody may ask for a late change now: asked before the form opens. Answers with the release's key. */
export function checkLateChange(args: {
  ctx: Ctx;
  input: { releaseKey: ReleaseKey };
}): Promise<Result<{ releaseKey: string }>> {
  const run = async (scope: Scope, { releaseKey }: z.infer<typeof inputSchema>) => {
    const loaded = await loadForLateChange(scope, releaseKey);
    return loaded.ok ? done({ releaseKey: loaded.value.key }) : loaded;
  };
  return runVerb({ name: 'change.check', input: inputSchema, run }, args);
}

/** Locks the release, and checks that its code is frozen and that its scope can still change. */
export async function loadForLateChange(scope: Scope, key: ReleaseKey): Promise<Result<Release>> {
  const loaded = await loadForRequest(scope, key, 'change.request');
  if (!loaded.ok) return loaded;
  const release = loaded.value;
  const refused = refuseEnded(release) ?? refuseBeforeFreeze(release, scope.now);
  return refused ?? loaded;
}

/** Null while the scope of a release can still change. */
export function refuseEnded({ id, key, state }: Release): Result<never> | null {
  if (mayEdit(state)) return null;
  const message = `${key} is ${releaseStateTitles[state]}: its scope can't be changed any more.`;
  return refuse('wrong-state', message, { releaseId: id });
}

function refuseBeforeFreeze({ id, key, plan }: Release, now: number): Result<never> | null {
  const freezeAt = codeFreezeAt(plan);
  if (isCodeFrozen(plan, now)) return null;
  const edit = command('release', `edit ${key}`);
  const message =
    freezeAt === null
      ? line`The plan of ${key} has no code freeze, so no request is needed: change the plan with ${edit}.`
      : line`Code freeze of ${key} is ${localDate(freezeAt, plan.goLive.zone)}. Until then no request is needed: change the plan with ${edit}.`;
  return refuse('wrong-state', message, { releaseId: id });
}
