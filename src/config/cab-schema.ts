import * as z from 'zod';
import { isCalendarDate, isZone } from '../core/calendar/local-time.ts';
import { parseWeekTime } from '../core/freeze/parse-week-time.ts';

const dateSchema = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/, 'is not a date such as "2031-01-15"')
  .refine(isCalendarDate, 'is a date that no calendar has');

/** When the change advisory board meets, and when the way of releasing itself is looked at (S1 §10.1 and its footer). */
export const cabSchema = z
  .strictObject({
    meets: z
      .string()
      .transform((text, context) => {
        const time = parseWeekTime(text);
        if (time !== null) return time;
        context.addIssue({ code: 'custom', message: 'is not a time of the week such as "Thursday 14:00"' });
        return z.NEVER;
      })
      .optional()
      .describe('When it meets each week, such as "Thursday 14:00".'),
    zone: z
      .string()
      .refine(isZone, 'is not an IANA time zone such as Europe/Amsterdam')
      .optional()
      .describe('The IANA time zone of that; defaultZone without it.'),
    nextReview: dateSchema
      .optional()
      .describe('When your release process is reviewed next, such as "2031-01-15".'),
    lastReview: dateSchema.optional().describe('When it was last reviewed as a whole.'),
  })
  .prefault({})
  .describe('The change advisory board, as /release cab shows it.');
