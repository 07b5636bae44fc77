import type * as z from 'zod';
import { type Result, refuse } from './result.ts';
import type { Scope } from './scope.ts';

/**
 * Whether the actor may do what an input asks for that is not valid, as far as it says what it is about: the id of
 * the release, or the refusal; null when it names nothing.
 */
export type CheckRight = (scope: Scope, input: unknown) => Promise<Result<string> | null>;

/** Refuses a request for its input, once the actor's right is checked: who may not is told that, and not what to mend. */
export async function refuseInvalid(
  scope: Scope,
  { input, error }: { input: unknown; error: z.ZodError },
  checkRight?: CheckRight,
): Promise<Result<never>> {
  const right = await checkRight?.(scope, input);
  if (right?.ok === false) return right;
  return refuse('invalid', sayInvalid(error), right ? { releaseId: right.value } : {});
}

export function sayInvalid(error: z.ZodError): string {
  return error.issues[0]?.message ?? 'That is not valid.';
}
