import * as z from 'zod';
import type { Ctx } from '../kernel/context.ts';
import { done, type Result } from '../kernel/result.ts';
import type { Scope } from '../kernel/scope.ts';
import { runVerb } from '../kernel/verb.ts';
import { checkDecision } from './decide-request.ts';

const inputSchema = z.object({ requestId: z.uuid('There is no such request.') });
type Input = z.infer<typeof inputSchema>;

/** A request that somebody may refuse. */
export interface OpenRequest {
  requestId: string;
  releaseKey: string;
  personName: string;
  /** Continues "asks to". */
  words: string;
}

/** Whether somebody may refuse a request: asked before the form opens. */
export function checkRequestDecision(args: { ctx: Ctx; input: Input }): Promise<Result<OpenRequest>> {
  const run = async (scope: Scope, { requestId }: Input): Promise<Result<OpenRequest>> => {
    const checked = await checkDecision(scope, { requestId, decision: 'refuse' });
    if (!checked.ok) return checked;
    const { request, release } = checked.value;
    const { personName, words } = request;
    return done({ requestId, releaseKey: release.key, personName, words });
  };
  return runVerb({ name: 'request.decide', input: inputSchema, run }, args);
}
