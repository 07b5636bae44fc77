import * as z from 'zod';
import { durationMs } from '../core/calendar/duration.ts';
import { DURATION_PATTERN } from '../core/calendar/duration-patterns.ts';
import { shiftsSchema } from '../core/plan/shifts-schema.ts';
import { threadsSchema } from '../core/plan/threads-schema.ts';

/** How the schedules of all releases are kept. */
export const scheduleSchema = z
  .strictObject({
    ...shiftsSchema.shape,
    threads: threadsSchema
      .optional()
      .describe(
        'What of the messages goes into threads, where a plan says nothing: detail, all or none, or { default: detail, for: { support: none } }. Default: detail.',
      ),
    lateness: z
      .string()
      .regex(DURATION_PATTERN, 'is not a duration such as PT2H')
      .transform(durationMs)
      .prefault('PT2H')
      .describe(
        'How late a message of the schedule may be and is sent all the same, saying for when it was planned; beyond that the release manager is asked. An ISO 8601 duration.',
      ),
  })
  .prefault({})
  .describe('How the schedules of all releases are kept.');
