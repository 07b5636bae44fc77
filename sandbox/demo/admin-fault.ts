import * as z from 'zod';

/** What goes wrong at the splitter's admin API, on demand. */
export const AdminFault = z.discriminatedUnion('kind', [
  /** Does what it is told, but answers only after `delayMs`. */
  z.strictObject({ kind: z.literal('slow'), delayMs: z.number().int().min(1).max(60_000) }),
  /** Answers every command with HTTP 503 and does nothing; its state can still be read. */
  z.strictObject({ kind: z.literal('refuse') }),
  /** Says that the command was carried out, and does nothing. */
  z.strictObject({ kind: z.literal('not-taken') }),
]);
export type AdminFault = z.infer<typeof AdminFault>;
