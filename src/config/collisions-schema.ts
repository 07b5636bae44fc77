import * as z from 'zod';

/** What counts as too much at once. */
export const collisionsSchema = z
  .strictObject({
    messagesAWeek: z
      .int()
      .min(1)
      .max(1_000)
      .default(5)
      .describe('More messages than this to one channel in a week, by all releases, are called too many.'),
  })
  .prefault({})
  .describe("When releases get in each other's way.");
