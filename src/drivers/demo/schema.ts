import * as z from 'zod';

/** How to reach the demo service's traffic splitter. */
export const DemoDriverSettings = z.strictObject({
  /** Base address of the admin API, without `/admin`. */
  adminUrl: z.url({ protocol: /^https?$/, error: 'must be an http or https address' }),
  token: z.string().min(1),
  /** Longest wait for an answer, milliseconds. */
  timeoutMs: z.number().int().min(1).default(3_000),
});
export type DemoDriverSettings = z.infer<typeof DemoDriverSettings>;
