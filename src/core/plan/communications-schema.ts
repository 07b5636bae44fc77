import * as z from 'zod';
import { GROUP_ADDRESS, NOTIFIER_ADDRESS } from '../address/address.ts';
import { RELEASE_CONTEXTS } from '../release/release-context.ts';
import { AUDIENCES, CHANNEL_AUDIENCES } from './audiences.ts';
import { changesSchema, keySchema, MAX_DIFFERENCES, titleSchema } from './differences-schema.ts';
import {
  forbidBothWays,
  offsetSchema,
  requireOneWay,
  scheduleTimeFields,
  scheduleTimeSchema,
} from './schedule-time.ts';

/**
 * Letters of any script with their marks, digits, `-` and `_`; or an id, which has no lower case, so that a name
 * without its `#` is not taken for one. Whose id it is, the platforms say.
 */
const CHANNEL = '#[\\p{L}\\p{M}\\p{N}_-]{1,80}|[A-Z0-9]{9,40}';
const ADDRESS = `${CHANNEL}|${GROUP_ADDRESS}|${NOTIFIER_ADDRESS}`;

/** An address as a plan writes it: `#name` of a channel, composed and in lower case however it was typed; or its id; or what a platform or notifier knows, after its name and a colon. */
const addressSchema = z
  .string()
  .overwrite(normaliseChannel)
  .regex(new RegExp(`^(?:${ADDRESS})$`, 'u'))
  .describe('a channel such as "#release-deployment", in quotes and without spaces, or its id');

/** One address or several, in order; each counts once. Always a list once it was read. */
export const addressListSchema = z
  .union([addressSchema, z.array(addressSchema).min(1).max(20)])
  .describe(
    'a channel such as "#release-deployment", in quotes and without spaces, or its id; or a list of channels',
  )
  .transform((written) => (typeof written === 'string' ? [written] : [...new Set(written)]));

export const destinationSchema = z
  .string()
  .overwrite(normaliseChannel)
  .regex(new RegExp(`^(?:${ADDRESS}|${CHANNEL_AUDIENCES.join('|')})$`, 'u'))
  .describe(`a channel such as "#web-team", or an audience: ${CHANNEL_AUDIENCES.join(', ')}`);

/** The same name can be typed with composed letters (`é`) or with marks after them; ids are in capitals. */
function normaliseChannel(typed: string): string {
  return typed.startsWith('#') ? typed.normalize('NFC').toLowerCase() : typed;
}

const audienceSchema = z.enum(AUDIENCES).describe(`an audience: ${AUDIENCES.join(', ')}`);
const templateSchema = keySchema('the name of a template, such as deployment-kickoff');

const validUntilSchema = scheduleTimeSchema.describe(
  'until when it may go out, should it be late: { offset: -P1D, time: "12:00" } or { goLive: PT0S }',
);

const customerFacingSchema = z
  .boolean()
  .describe('true when customers read it: it is a draft until its owner has approved it');

const changeSchema = z
  .strictObject({
    ...scheduleTimeFields,
    audience: audienceSchema.optional(),
    channel: destinationSchema.optional(),
    template: templateSchema.optional(),
    title: titleSchema.optional(),
    validUntil: validUntilSchema.optional(),
    customerFacing: customerFacingSchema.optional(),
  })
  .superRefine(forbidBothWays)
  .describe(
    'what to change: offset, time or goLive, audience, channel, template, title, validUntil, customerFacing',
  );

export const addedCommunicationSchema = z
  .strictObject({
    key: keySchema('a key such as usage-survey, in lower case'),
    title: titleSchema,
    ...scheduleTimeFields,
    audience: audienceSchema,
    channel: destinationSchema.optional(),
    template: templateSchema,
    validIn: z
      .array(z.enum(RELEASE_CONTEXTS).describe(`a context: ${RELEASE_CONTEXTS.join(', ')}`))
      .min(1)
      .optional()
      .describe('the contexts in which it may go out'),
    validUntil: validUntilSchema.optional(),
    customerFacing: customerFacingSchema.optional(),
  })
  .superRefine(requireOneWay)
  .describe('a communication: key, title, when, audience, template');

export type AddedCommunication = z.infer<typeof addedCommunicationSchema>;

export const communicationsFields = {
  change: changesSchema(changeSchema, 'changes by communication key'),
  drop: z
    .array(z.string().describe('a communication key'))
    .max(MAX_DIFFERENCES)
    .default([])
    .describe('a list of communication keys'),
  add: z
    .array(addedCommunicationSchema)
    .max(MAX_DIFFERENCES)
    .default([])
    .describe('a list of further communications'),
  draftsAt: offsetSchema
    .optional()
    .describe('days or weeks from go-live such as -P21D: when owners get the drafts of what customers read'),
};

export const communicationsSchema = z
  .strictObject(communicationsFields)
  .prefault({})
  .describe('what differs from the default communications');
