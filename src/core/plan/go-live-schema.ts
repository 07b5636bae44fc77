import * as z from 'zod';
import { suggest } from '../../lib/closest.ts';
import { isCalendarDate, isZone } from '../calendar/local-time.ts';
import { addProblem, localTimeSchema } from './schedule-time.ts';

const ZONE_EXPECTED = 'an IANA time zone such as Europe/Amsterdam or UTC';

/** T-0: a date, a time of day and the zone whose wall clock they are of. */
export const goLiveSchema = z
  .strictObject({
    date: z
      .string()
      .regex(/^\d{4}-\d{2}-\d{2}$/)
      .describe('a date such as 2030-06-18'),
    time: localTimeSchema,
    zone: z.string().max(64).describe(ZONE_EXPECTED),
  })
  .superRefine((goLive, context) => {
    if (!isCalendarDate(goLive.date)) {
      addProblem(
        context,
        ['date'],
        `is ${goLive.date}, a day that is not in the calendar`,
        'a date that exists',
      );
    }
    if (!isZone(goLive.zone)) {
      const hint = /^[+-]?\d/.test(goLive.zone)
        ? 'A fixed offset does not know about clock changes; name the place instead.'
        : suggest(goLive.zone, Intl.supportedValuesOf('timeZone'));
      addProblem(context, ['zone'], `is "${goLive.zone}", which is not a time zone`, ZONE_EXPECTED, hint);
    }
  })
  .describe('the date, time and zone of go-live');
