import * as z from 'zod';
import { hasVisibleText } from '../../lib/visible-text.ts';

/** Why somebody does something, which others read. `missing`: what they are told who say nothing, a sentence. */
export function reasonSchema(missing: string) {
  return z
    .string()
    .trim()
    .refine(hasVisibleText, { error: missing })
    .max(3000, 'A reason can have at most 3,000 characters.');
}
