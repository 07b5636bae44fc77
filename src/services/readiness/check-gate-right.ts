import * as z from 'zod';
import type { Ctx } from '../kernel/context.ts';
import { loadForRequest } from '../kernel/load-for-request.ts';
import { done, type Result } from '../kernel/result.ts';
import type { Scope } from '../kernel/scope.ts';
import { runVerb } from '../kernel/verb.ts';

const inputSchema = z.object({ releaseKey: z.string(), capability: z.enum(['gate.report', 'gate.waive']) });
type Input = z.infer<typeof inputSchema>;

/** Whether somebody may give results for the gates of a release, or waive them: asked before the form for it opens. */
export function checkGateRight(args: { ctx: Ctx; input: Input }): Promise<Result<{ releaseKey: string }>> {
  return runVerb({ name: 'gate.check', input: inputSchema, run: check }, args);
}

async function check(
  scope: Scope,
  { releaseKey, capability }: Input,
): Promise<Result<{ releaseKey: string }>> {
  const loaded = await loadForRequest(scope, releaseKey, capability);
  return loaded.ok ? done({ releaseKey }) : loaded;
}
