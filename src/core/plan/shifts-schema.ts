import * as z from 'zod';
import { countWords } from '../../lib/count-words.ts';
import { isCalendarDate } from '../calendar/local-time.ts';
import type { ShiftRules } from '../calendar/shift-time.ts';
import { destinationSchema } from './communications-schema.ts';
import { addProblem, localTimeSchema } from './schedule-time.ts';

const shiftSchema = z.enum(['earlier', 'later']).describe('earlier or later');

const rulesFields = {
  quietHours: z
    .union([
      z.literal('off'),
      z
        .strictObject({
          from: localTimeSchema,
          to: localTimeSchema,
          shift: shiftSchema.default('later'),
        })
        .refine(({ from, to }) => from !== to, 'begins and ends at the same time'),
    ])
    .optional()
    .describe('off, or { from: "18:00", to: "08:00", shift: earlier or later }'),
  weekends: z
    .enum(['earlier', 'later', 'keep'])
    .optional()
    .describe('where messages go that are due on a Saturday or Sunday: earlier, later or keep'),
  holidays: z
    .union([
      z.literal('off'),
      z.strictObject({
        dates: z
          .array(
            z
              .string()
              .refine(isCalendarDate, 'is not a date such as 2030-12-25')
              .describe('a date in quotes such as "2030-12-25"'),
          )
          .max(500),
        shift: shiftSchema.default('later'),
      }),
    ])
    .optional()
    .describe('off, or { dates: ["2030-12-25"], shift: earlier or later }'),
};

export const shiftRulesSchema = z.strictObject(rulesFields).describe('quietHours, weekends, holidays');

/** When nothing should be sent, and what differs for an audience or a channel. */
export const shiftsSchema = z
  .strictObject({
    ...rulesFields,
    for: z
      .record(z.string(), shiftRulesSchema)
      .superRefine((special, context) => {
        for (const name of Object.keys(special)) {
          if (destinationSchema.safeParse(name).success) continue;
          addProblem(context, [name], 'is neither an audience nor a channel', 'support or "#on-call"');
        }
      })
      .optional()
      .describe('what differs, by audience (support) or channel ("#on-call")'),
  })
  .describe('when messages should not be sent, and whether they go earlier or later instead');

/** As a plan or `tminus.yaml` gives them. */
export type Shifts = z.infer<typeof shiftsSchema>;

/**
 * The rules for one message: those of the first channel it goes to that has some, those of its audience, and the
 * general ones, each in place of the next.
 */
export function shiftRulesFor(
  { for: special = {}, ...general }: Shifts,
  { audience, addresses }: { audience: string; addresses: readonly string[] },
): ShiftRules {
  const address = addresses.find((one) => special[one] !== undefined);
  const chosen = { ...general, ...special[audience], ...(address === undefined ? {} : special[address]) };
  const { quietHours, weekends, holidays } = chosen;
  return {
    quietHours: quietHours === 'off' ? undefined : quietHours,
    weekends,
    holidays: holidays === 'off' ? undefined : holidays,
  };
}

/** The rules in words: `18:00 to 08:00: later; weekends: earlier; 2 holidays: later`; empty when nothing is shifted. */
export function describeShiftRules({
  quietHours,
  weekends,
  holidays,
}: z.infer<typeof shiftRulesSchema>): string {
  return [
    ...(quietHours === undefined
      ? []
      : [quietHours === 'off' ? 'no quiet hours' : describeQuiet(quietHours)]),
    ...(weekends === undefined ? [] : [`weekends: ${weekends}`]),
    ...(holidays === undefined
      ? []
      : [
          holidays === 'off'
            ? 'no holidays'
            : `${countWords(holidays.dates.length, 'holiday')}: ${holidays.shift}`,
        ]),
  ].join('; ');
}

function describeQuiet({ from, to, shift }: { from: string; to: string; shift: string }): string {
  return `quiet from ${from} to ${to}: ${shift}`;
}
