import type * as z from 'zod';
import { formatPath } from '../../core/plan-file/plan-issue.ts';
import { type Result, refuse } from './result.ts';
import type { Scope } from './scope.ts';

/**
 * Whether the actor may do what an input asks for that is not valid, as far as it says what it is about: the id of
 * the release, or the refusal; null when it names nothing.
 */
export type CheckRight = (scope: Scope, input: unknown) => Promise<Result<string> | null>;

/** Refuses a request for its input, once the actor's right is checked: who may not is told that, and not what to fix. */
export async function refuseInvalid(
  scope: Scope,
  { input, error }: { input: unknown; error: z.ZodError },
  checkRight?: CheckRight,
): Promise<Result<never>> {
  const right = await checkRight?.(scope, input);
  if (right?.ok === false) return right;
  return refuse('invalid', sayInvalid(error), right ? { releaseId: right.value } : {});
}

/** Checks an input; where its schema has no words for what is wrong, the field is named. */
export function parseInput<Input>(schema: z.ZodType<Input>, input: unknown): z.ZodSafeParseResult<Input> {
  return schema.safeParse(input, { error: () => 'is not valid' });
}

/**
 * What is wrong with an input from `parseInput`, in one sentence. A message in a schema is a sentence of its own, or
 * goes on from the field's name, as those of plans do.
 */
export function sayInvalid(error: z.ZodError): string {
  const [issue] = error.issues;
  const message = issue?.message ?? 'is not valid';
  if (/^\p{Lu}/u.test(message)) return message;
  const path = (issue?.path ?? []).map((part) => (typeof part === 'number' ? part : String(part)));
  return `${path.length > 0 ? formatPath(path) : 'That'} ${message}.`;
}
