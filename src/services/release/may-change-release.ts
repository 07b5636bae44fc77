import * as z from 'zod';
import type { ReleaseCapability } from '../../core/permissions/capabilities.ts';
import type { Ctx } from '../kernel/context.ts';
import { loadForRequest } from '../kernel/load-for-request.ts';
import { done, type Result } from '../kernel/result.ts';
import type { Scope } from '../kernel/scope.ts';
import { runVerb } from '../kernel/verb.ts';
import { isReleaseCreator } from './find-creator.ts';

/** What those who plan releases may do, too. */
export type ReleaseChange = Extract<ReleaseCapability, `release.${string}`>;

const inputSchema = z.object({ releaseKey: z.string().nullable() });
type Input = z.infer<typeof inputSchema>;

/** Whether somebody may change a release in this way: asked before the form for it opens. Answers with its key. */
export async function mayChangeRelease({
  ctx,
  input: { change, ...input },
}: {
  ctx: Ctx;
  input: Input & { change: ReleaseChange };
}): Promise<Result<{ releaseKey: string }>> {
  const isCreator = await isReleaseCreator(ctx);
  const run = async (scope: Scope, { releaseKey }: Input): Promise<Result<{ releaseKey: string }>> => {
    const loaded = await loadForRequest(scope, releaseKey, change, { isCreator });
    return loaded.ok ? done({ releaseKey: loaded.value.key }) : loaded;
  };
  return runVerb({ name: change, input: inputSchema, run }, { ctx, input });
}
