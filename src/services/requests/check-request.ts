import * as z from 'zod';
import { findRequest } from '../../db/queries/requests.ts';
import type { Ctx } from '../kernel/context.ts';
import { done, type Result } from '../kernel/result.ts';
import type { Scope } from '../kernel/scope.ts';
import { runVerb } from '../kernel/verb.ts';
import { checkDecision, readRights } from './check-decision.ts';

const inputSchema = z.object({ requestId: z.uuid('There is no such request.') });
type Input = z.infer<typeof inputSchema>;

/** A request that somebody may refuse. */
export interface OpenRequest {
  requestId: string;
  /** Null: it is of no release. */
  releaseKey: string | null;
  personName: string;
  /** Continues "asks to". */
  words: string;
}

/** Whether somebody may refuse a request: asked before the form opens. */
export async function checkRequestDecision({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: Input;
}): Promise<Result<OpenRequest>> {
  const rights = await readRights(ctx, { ...input, request: await findRequest(ctx.db, input.requestId) });
  const run = async (scope: Scope, { requestId }: Input): Promise<Result<OpenRequest>> => {
    const checked = await checkDecision(scope, { requestId, decision: 'refuse', rights });
    if (!checked.ok) return checked;
    const { request, release } = checked.value;
    const { personName, words } = request;
    return done({ requestId, releaseKey: release?.key ?? null, personName, words });
  };
  return runVerb({ name: 'request.decide', input: inputSchema, run }, { ctx, input });
}
