import * as z from 'zod';

/** What counts as too much at once. */
export const collisionsSchema = z
  .strictObject({
    messagesAWeek: z
      .int()
      .min(1)
      .max(1_000)
      .default(5)
      .describe(
        'A week in which all releases together send more messages than this to one channel gets a warning.',
      ),
  })
  .prefault({})
  .describe("When releases get in each other's way.");
