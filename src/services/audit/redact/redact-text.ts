import * as z from 'zod';
import { removedText } from '../../../core/audit/redacted-person.ts';
import type { Redaction } from '../../../core/audit/redaction.ts';
import type { Ctx } from '../../kernel/context.ts';
import { checkOperator } from '../../kernel/permissions.ts';
import type { Result } from '../../kernel/result.ts';
import type { Scope } from '../../kernel/scope.ts';
import { runVerb } from '../../kernel/verb.ts';
import { carryOut, type Redacted, redactionReason } from './carry-out.ts';

/** A single word is also a word of tminus, such as the name of a state. */
export const redactedTextSchema = z
  .string()
  .trim()
  .min(8, 'A text to be removed has at least 8 characters.')
  .max(3000, 'A text to be removed has at most 3,000 characters.')
  .regex(/\s|@|:\/\//, 'A text to be removed has at least two words, or is an e-mail address or a link.');

const inputSchema = z.object({ text: redactedTextSchema, reason: redactionReason });
type Input = z.infer<typeof inputSchema>;

/** Removes what somebody typed, such as a reason or a part of it, from the trail and from the rows. */
export function redactText(args: { ctx: Ctx; input: Input }): Promise<Result<Redacted>> {
  return runVerb({ name: 'trail.redact-text', input: inputSchema, run: redact }, args);
}

async function redact(scope: Scope, { text, reason }: Input): Promise<Result<Redacted>> {
  const refusal = checkOperator(scope.ctx.actor, 'tminus audit redact --text …');
  if (refusal) return { ok: false, refusal };
  return carryOut(scope, redactionOfText(text), { what: 'a text', reason });
}

/** What takes the place of a text. */
export function redactionOfText(text: string): Redaction {
  return { parts: new Map([[text, removedText]]), wholes: new Map() };
}
