import * as z from 'zod';
import { visibleCharacter } from '../../lib/visible-text.ts';
import { DURATION_PATTERN } from '../calendar/duration-patterns.ts';
import { addressListSchema } from './communications-schema.ts';

/** Calendar days or weeks, without a sign. */
const DISTANCE = /^P\d{1,3}[DW]$/;

/** How long before go-live customers hear of a release: T-7 (S1 §3.3, S2 §4). */
export const DEFAULT_CUSTOMER_NOTICE = 'P7D';

/** More waves are no waves. */
const MAX_WAVES = 20;
const MAX_TENANTS = 500;

const tenantSchema = z
  .strictObject({
    name: z.string().max(100).regex(visibleCharacter, 'is blank').describe('a name'),
    channels: addressListSchema,
    wave: z.int().min(1).max(MAX_WAVES).default(1).describe('the number of a wave, 1 for the first'),
  })
  .describe('a tenant: name, channels, wave');

/**
 * What a plan says for those outside. All of it is optional, in stored plans, too: what it means to leave something out
 * is decided where it is read, so a plan that was stored without these fields needs no migration. A plan without `customerAction` says that customers don't have to do anything.
 */
export const customerFields = {
  customerNotice: z
    .string()
    .regex(/^P[1-9]\d{0,2}[DW]$/)
    .optional()
    .describe('how long before go-live customers hear of it, such as P7D or P2W'),
  customerAction: z
    .string()
    .max(500)
    .regex(visibleCharacter, 'is blank')
    .optional()
    .describe('what customers have to do'),
  downtime: z
    .string()
    .regex(DURATION_PATTERN)
    .optional()
    .describe("how long customers can't use it, such as PT30M; PT0S for none"),
  tenants: z
    .array(tenantSchema)
    .max(MAX_TENANTS)
    .optional()
    .describe('a list of tenants: name, channels, wave'),
  waves: z
    .array(z.string().regex(DISTANCE).describe('days or weeks after go-live such as P0D or P1W'))
    .min(1)
    .max(MAX_WAVES)
    .optional()
    .describe('when the turn of each wave of tenants comes: a list of days after go-live such as P0D, P2D'),
};
