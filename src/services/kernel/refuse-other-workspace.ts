import * as z from 'zod';
import type { Ctx } from './context.ts';
import { type Result, refuse } from './result.ts';
import { runVerb } from './verb.ts';

/** Refuses a request that came from a workspace which is not served, so that it is in the audit trail. */
export function refuseOtherWorkspace({ ctx }: { ctx: Ctx; input: object }): Promise<Result<never>> {
  const run = async () => refuse('not-permitted', 'This tminus serves another workspace.');
  return runVerb({ name: 'workspace.enter', input: z.object({}), run }, { ctx, input: {} });
}
