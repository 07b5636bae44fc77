import * as z from 'zod';
import type { Line } from '../../core/card/line.ts';

/** Why something was not done, in a code for programs and a sentence for the person who asked. */
export interface Refusal {
  code: RefusalCode;
  /** Short and specific: what, why, and the next step. */
  message: Line;
  /** Every unmet condition, when there is more than one to tell. */
  reasons?: Line[];
  /** Who could do it, when the person asking could not. */
  who?: Line;
  /** What else the person asking can do about it. */
  hint?: Line;
  /** The field of the input that can put it right. */
  field?: string;
  /** The release it is about, so that the refusal is written into that release's audit trail. */
  releaseId?: string;
}

const refusalCodes = [
  'not-permitted',
  'not-found',
  'ambiguous',
  'invalid',
  'already-exists',
  'wrong-state',
  'conditions-unmet',
  'conflict',
  'unavailable',
] as const;
export type RefusalCode = (typeof refusalCodes)[number];

/** A verb's answer: what was done, or why not. JSON throughout, so that a repeat can be given the same. */
export type Result<Value> = { ok: true; value: Value } | { ok: false; refusal: Refusal };

export function done<Value>(value: Value): Result<Value> {
  return { ok: true, value };
}

export function refuse(
  code: RefusalCode,
  message: Line,
  more: Omit<Refusal, 'code' | 'message'> = {},
): { ok: false; refusal: Refusal } {
  return { ok: false, refusal: { code, message, ...more } };
}

const partOfLine = z.union([z.string(), z.looseObject({ type: z.string() })]);
const lineShape = z.union([z.string(), z.array(partOfLine)]);
const lineSchema = z.custom<Line>((value) => lineShape.safeParse(value).success);

const answerSchema = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), value: z.unknown() }),
  z.object({
    ok: z.literal(false),
    refusal: z.looseObject({
      code: z.enum(refusalCodes),
      message: lineSchema,
      reasons: z.array(lineSchema).optional(),
    }),
  }),
]);

/** An answer that was stored, as its verb gave it; null when it is none. Whoever stored it vouches for its value. */
export function readAnswer<Value>(stored: unknown): Result<Value> | null {
  const read = answerSchema.safeParse(stored);
  return read.success ? (read.data as Result<Value>) : null;
}
