import * as z from 'zod';
import { localTimeSchema } from '../core/plan/schedule-time.ts';

/** How people are reminded of what they have to do. */
export const tasksSchema = z
  .strictObject({
    digestAt: localTimeSchema
      .default('09:00')
      .describe(
        "When everybody gets their digest on working days, in their own time zone: 24 hours, such as 09:00. Where the platform doesn't tell a zone, that of the release.",
      ),
  })
  .prefault({})
  .describe('How people are reminded of what they have to do.');
