import * as z from 'zod';
import { isHttpsOrLocal } from '../../lib/http/https-or-local.ts';

const name = z
  .string()
  .regex(/^[A-Za-z0-9_.~-]{1,100}$/, 'must be a name as Unleash has it in its addresses');

/** A feature of Unleash in one environment. */
export const UnleashSettings = z.strictObject({
  url: z.string().refine(isHttpsOrLocal, 'must be an https address without user name and password'),
  /** Of a service account, or an admin token. */
  token: z.string().regex(/^[\x21-\x7e]+$/, 'must be one line of ASCII characters, and not empty'),
  project: name.default('default'),
  feature: name,
  environment: name.default('production'),
  /** By what a user stays on one side: `userId`, `sessionId`, `random`, or a field of the context. */
  stickiness: z.string().min(1).max(100).default('default'),
  /** At these shares, percent, everybody in the segments of these ids gets it, and nobody else. */
  segments: z
    .record(
      z.string().regex(/^([1-9]\d?)$/, 'must be a whole percentage from 1 to 99'),
      z.array(z.int().min(1)).min(1),
    )
    .default({}),
  /** Longest wait for an answer, milliseconds. */
  timeoutMs: z.int().min(1).max(60_000).default(10_000),
});
export type UnleashSettings = z.infer<typeof UnleashSettings>;
