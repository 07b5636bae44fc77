import * as z from 'zod';
import { done, type Result, refuse } from '../core/result.ts';
import { loadBallot } from './go-no-go/load-ballot.ts';
import { loadForAct } from './load-for-act.ts';
import type { Scope } from './scope.ts';

/** The id of the release that an act is about, or why the actor may not do it; null when the input names nothing. */
type CheckRight = (scope: Scope, input: unknown) => Promise<Result<string> | null>;

/**
 * Verbs whose input may be wrong in something else than what it is about, such as a reason: who may not act is
 * told that, and not what to mend.
 */
const rights: Readonly<Record<string, CheckRight>> = {
  'rollout.promote': (scope, input) => checkRelease(scope, input, 'rollout.promote'),
  'rollout.rollback': (scope, input) => checkRelease(scope, input, 'rollout.rollback'),
  'go-no-go.vote': async (scope, input) => {
    const named = z.object({ pollId: z.uuid() }).safeParse(input);
    if (!named.success) return null;
    const ballot = await loadBallot(scope, named.data.pollId);
    return ballot.ok ? done(ballot.value.release.id) : ballot;
  },
};

/** Refuses an act for its input, after the actor's right to it as far as the input says what it is about. */
export async function refuseInvalid(
  scope: Scope,
  verb: string,
  { input, error }: { input: unknown; error: z.ZodError },
): Promise<Result<never>> {
  const right = await rights[verb]?.(scope, input);
  if (right?.ok === false) return right;
  return refuse('invalid', sayInvalid(error), right ? { releaseId: right.value } : {});
}

export function sayInvalid(error: z.ZodError): string {
  return error.issues[0]?.message ?? 'That is not valid.';
}

async function checkRelease(
  scope: Scope,
  input: unknown,
  capability: 'rollout.promote' | 'rollout.rollback',
): Promise<Result<string> | null> {
  const named = z.object({ releaseKey: z.string().nullable() }).safeParse(input);
  if (!named.success) return null;
  const release = await loadForAct(scope, named.data.releaseKey, capability);
  return release.ok ? done(release.value.id) : release;
}
