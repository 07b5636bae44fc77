import * as z from 'zod';
import { placeholders, unknownPlaceholders } from './fill-in.ts';

/** A program and its arguments. */
const argv = z.tuple([z.string().min(1)], z.string()).superRefine((parts, context) => {
  const [unknown] = unknownPlaceholders(parts);
  if (unknown === undefined) return;
  const message = `knows no ${unknown}; it can have ${placeholders.map((name) => `{${name}}`).join(', ')}`;
  context.addIssue({ code: 'custom', message });
});
export type Argv = z.infer<typeof argv>;

const variable = z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'must be the name of an environment variable');

/** Programs that deploy, and one that tells how things are. */
export const CommandDriverSettings = z.strictObject({
  /** Prints the state as JSON. */
  observe: argv,
  setWeight: argv.optional(),
  promote: argv.optional(),
  pause: argv.optional(),
  resume: argv.optional(),
  abort: argv.optional(),
  rollBack: argv.optional(),
  /** Where they run; by default where tminus does. */
  cwd: z.string().min(1).optional(),
  /** The variables of tminus' environment that they get; besides these, none. */
  env: z.array(variable).default(['PATH', 'HOME', 'LANG']),
  /** The same, and their values are shown nowhere. */
  secretEnv: z.array(variable).default([]),
  /** After which a program is ended, milliseconds. */
  timeoutMs: z.int().min(100).max(600_000).default(60_000),
  /** Longest time from a command that was taken to its result, milliseconds. */
  deadlineMs: z.int().min(1_000).max(3_600_000).default(300_000),
  /** By how many percentage points the shares may be off. */
  weightTolerance: z.number().min(0).lt(1).default(0),
});
export type CommandDriverSettings = z.infer<typeof CommandDriverSettings>;
