import * as z from 'zod';

export const IntegerWeightsSettings = z.strictObject({
  /** The name under which the target was opened. */
  proxy: z.string(),
  /** Commands that this target does not have. */
  without: z.array(z.enum(['setWeight', 'promote', 'rollBack', 'pause', 'resume', 'abort'])).default([]),
});
export type IntegerWeightsSettings = z.infer<typeof IntegerWeightsSettings>;
