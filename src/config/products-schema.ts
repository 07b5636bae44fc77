import * as z from 'zod';
import { isCalendarDate, isZone } from '../core/calendar/local-time.ts';
import { type Audience, CHANNEL_AUDIENCES } from '../core/plan/audiences.ts';
import { addressListSchema } from '../core/plan/communications-schema.ts';
import { PRODUCTION_CHANNELS } from '../core/plan/environments.ts';
import { planFields } from '../core/plan/plan.ts';
import {
  FREQUENCIES,
  RELEASE_TYPES,
  RISK_TOLERANCES,
  STAKEHOLDER_COMPLEXITIES,
  STRATEGIES,
  TEAM_SIZES,
} from '../core/plan/planning-arguments.ts';
import { PRESET_NAMES, PRESETS } from '../core/plan/rollout-presets.ts';
import { DEFAULT_COMMUNICATIONS } from '../core/schedule/default-communications.ts';
import { hasVisibleText } from '../lib/visible-text.ts';

const rolesSchema = planFields.shape.roles.partial();
const communicationKeys = DEFAULT_COMMUNICATIONS.map(({ key }) => key);

const productSchema = z
  .strictObject({
    name: z.string().max(80).refine(hasVisibleText, 'is blank').describe('As plans call it.'),
    key: z
      .string()
      .regex(/^[a-z][a-z0-9-]{0,39}$/, 'is not a short name such as web')
      .optional()
      .describe('How people type it: /release new web 2.5.0.'),
    summary: z
      .string()
      .max(1_500)
      .refine(hasVisibleText, 'is blank')
      .optional()
      .describe('For a plan without one.'),
    zone: z.string().refine(isZone, 'is not an IANA time zone such as Europe/Berlin').optional(),
    time: z
      .string()
      .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'is not a time such as "10:00"')
      .optional()
      .describe('Local time of go-live.'),
    type: z.enum(RELEASE_TYPES).optional(),
    teamSize: z.enum(TEAM_SIZES).optional(),
    frequency: z.enum(FREQUENCIES).optional(),
    riskTolerance: z.enum(RISK_TOLERANCES).optional(),
    stakeholders: z.enum(STAKEHOLDER_COMPLEXITIES).optional(),
    production: z.array(z.enum(PRODUCTION_CHANNELS)).min(1).optional(),
    strategy: z.enum(STRATEGIES).optional(),
    preset: z.enum(PRESET_NAMES).optional().describe('Where the phases of its rollouts come from.'),
    driver: z.string().min(1).optional(),
    metrics: z.string().min(1).optional(),
    roles: rolesSchema.default({}).describe('The people, as in a plan; any may be missing.'),
    rotation: z
      .strictObject({
        from: z.string().refine(isCalendarDate, 'is not a date such as 2030-01-07'),
        people: z.array(planFields.shape.roles.shape.release_manager).min(1).max(100),
      })
      .optional()
      .describe('Release managers who take turns, a week each, the first one from the week of `from` on.'),
    channels: z
      .strictObject(
        Object.fromEntries(
          CHANNEL_AUDIENCES.map((audience) => [audience, addressListSchema.optional()]),
        ) as Record<Audience, z.ZodOptional<typeof addressListSchema>>,
      )
      .default({})
      .describe('Channels by audience; those of the plan take precedence.'),
    templates: z
      .string()
      .min(1)
      .optional()
      .describe(
        'Folder of message templates; each takes precedence over the one of its name in `templates`.',
      ),
    types: z
      .record(
        z
          .string()
          .refine((key) => communicationKeys.includes(key), 'is not the key of a default communication'),
        z.array(z.enum(RELEASE_TYPES)),
      )
      .default({})
      .describe('Communications that only these release types have, by their keys.'),
  })
  .superRefine(({ strategy, preset }, context) => {
    if (strategy === undefined || preset === undefined || PRESETS[preset].strategy === strategy) return;
    const message = `belongs to the strategy ${PRESETS[preset].strategy}, not to ${strategy}`;
    context.addIssue({ code: 'custom', path: ['preset'], message });
  })
  .describe('What every release of a product inherits.');

/** What releases inherit from their product. */
export const productsSchema = z
  .array(productSchema)
  .superRefine((products, context) => {
    const taken = new Set<string>();
    for (const [index, { name, key }] of products.entries()) {
      const names = new Set(
        [name, ...(key === undefined ? [] : [key])].map((each) => each.trim().toLowerCase()),
      );
      if ([...names].some((each) => taken.has(each))) {
        context.addIssue({
          code: 'custom',
          path: [index, 'name'],
          message: 'is the name or key of another product',
        });
      }
      for (const each of names) taken.add(each);
    }
  })
  .default([])
  .describe('What every release of a product inherits; what its plan says takes precedence.');
