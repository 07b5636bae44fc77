import * as z from 'zod';
import { isCalendarDate, isZone } from '../core/calendar/local-time.ts';
import { parseWeekTime } from '../core/freeze/parse-week-time.ts';
import { PRODUCTION_CHANNELS } from '../core/plan/environments.ts';
import { RELEASE_TYPES } from '../core/plan/planning-arguments.ts';
import { hasVisibleText } from '../lib/visible-text.ts';

/** `2030-12-20 18:00` */
const momentSchema = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2} ([01]\d|2[0-3]):[0-5]\d$/, 'is not a date and time such as "2030-12-20 18:00"')
  .refine((text) => isCalendarDate(text.slice(0, 10)), 'is a date that no calendar has');

const weekTimeSchema = z
  .string()
  .refine((text) => parseWeekTime(text) !== null, 'is not a time of the week such as "Friday 16:00"');

const freezeSchema = z
  .strictObject({
    name: z.string().max(80).refine(hasVisibleText, 'is blank').describe('What people call it.'),
    weekly: z
      .strictObject({ from: weekTimeSchema, until: weekTimeSchema })
      .refine(({ from, until }) => from !== until, 'holds the whole week; from and until have to differ')
      .optional()
      .describe('Each week, such as { from: "Friday 16:00", until: "Monday 06:00" }.'),
    from: momentSchema.optional().describe('Once: local date and time, such as "2030-12-20 18:00".'),
    until: momentSchema.optional().describe('The end of a freeze that has a start.'),
    days: z
      .array(z.string().refine(isCalendarDate, 'is not a date such as 2030-12-25'))
      .min(1)
      .max(2_000)
      .optional()
      .describe('Whole days, such as holidays.'),
    ics: z.string().min(1).optional().describe('A calendar file (iCalendar) whose events are frozen.'),
    zone: z
      .string()
      .refine(isZone, 'is not an IANA time zone such as Europe/Berlin')
      .optional()
      .describe('Its time zone; otherwise defaultZone.'),
    products: z.array(z.string().min(1)).min(1).optional().describe('Only for these products.'),
    production: z
      .array(z.enum(PRODUCTION_CHANNELS))
      .min(1)
      .optional()
      .describe('Only for these production channels. Nothing before production is ever frozen.'),
    except: z.array(z.enum(RELEASE_TYPES)).default([]).describe('Release types that are let through.'),
  })
  .superRefine((freeze, context) => {
    const { weekly, from, until, days, ics } = freeze;
    const given = [weekly, from ?? until, days, ics].filter((each) => each !== undefined);
    if (given.length !== 1) {
      context.addIssue('needs exactly one of: weekly, from with until, days, ics');
    } else if ((from === undefined) !== (until === undefined)) {
      context.addIssue('needs both from and until');
    } else if (from !== undefined && until !== undefined && until <= from) {
      context.addIssue({ code: 'custom', path: ['until'], message: 'is not after from' });
    }
  });

/** Times in which nothing goes live and nothing is promoted. */
export const freezesSchema = z
  .array(freezeSchema)
  .superRefine((freezes, context) => {
    const names = freezes.map(({ name }) => name.trim().toLowerCase());
    for (const [index, name] of names.entries()) {
      if (names.indexOf(name) === index) continue;
      context.addIssue({ code: 'custom', path: [index, 'name'], message: 'is the name of another freeze' });
    }
  })
  .default([])
  .describe('Times in which nothing goes live and nothing is promoted; more can be added by command.');
export type FreezeConfig = z.infer<typeof freezeSchema>;
