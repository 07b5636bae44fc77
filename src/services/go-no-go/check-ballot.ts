import * as z from 'zod';
import type { Ctx } from '../kernel/context.ts';
import { done, type Result } from '../kernel/result.ts';
import type { Scope } from '../kernel/scope.ts';
import { runVerb } from '../kernel/verb.ts';
import { loadBallot } from './load-ballot.ts';

const inputSchema = z.object({ pollId: z.uuid('There is no such poll.') });

/** Whether somebody may vote in a poll now: asked before a window opens in which they would type a reason. */
export function checkBallot(args: { ctx: Ctx; input: z.infer<typeof inputSchema> }): Promise<Result<null>> {
  return runVerb({ name: 'go-no-go.check-ballot', input: inputSchema, run: check }, args);
}

async function check(scope: Scope, { pollId }: z.infer<typeof inputSchema>): Promise<Result<null>> {
  const loaded = await loadBallot(scope, pollId);
  return loaded.ok ? done(null) : loaded;
}
