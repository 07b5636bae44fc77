import * as z from 'zod';
import { visibleCharacter } from '../../lib/visible-text.ts';

/** How many changes or entries a plan's list of differences takes. */
export const MAX_DIFFERENCES = 100;

/** A key in lower case, with digits and dashes. `what`: what it is for whoever writes it. */
export function keySchema(what: string, { maxLength = 80 } = {}) {
  return z
    .string()
    .regex(new RegExp(`^[a-z][a-z0-9-]{0,${maxLength - 1}}$`))
    .describe(what);
}

export const titleSchema = z.string().max(150).regex(visibleCharacter).describe('a short title');

/** What a plan changes of a list of defaults, by their keys. */
export function changesSchema<Change extends z.ZodType>(changeSchema: Change, what: string) {
  return z
    .record(z.string(), changeSchema)
    .refine((changes) => Object.keys(changes).length <= MAX_DIFFERENCES, {
      error: `has more than ${MAX_DIFFERENCES} changes`,
    })
    .default({})
    .describe(what);
}
