import * as z from 'zod';
import { visibleCharacter } from '../../lib/visible-text.ts';
import { changesSchema, keySchema, MAX_DIFFERENCES, titleSchema } from './differences-schema.ts';
import { ROLE_NAMES } from './roles.ts';
import { offsetSchema } from './schedule-time.ts';

const milestoneKeySchema = keySchema('a milestone key such as beta-closed, in lower case');
const ownerSchema = z.enum(ROLE_NAMES).describe(`a role: ${ROLE_NAMES.join(', ')}`);
const criteriaSchema = z
  .array(z.string().max(300).regex(visibleCharacter).describe('a line of text'))
  .min(1)
  .max(20)
  .describe('a list of what has to be true when it is reached');
const afterSchema = z
  .array(milestoneKeySchema)
  .max(50)
  .describe('a list of the milestones that come before it');

const changeSchema = z
  .strictObject({
    title: titleSchema.optional(),
    owner: ownerSchema.optional(),
    offset: offsetSchema.optional(),
    criteria: criteriaSchema.optional(),
    after: afterSchema.optional(),
  })
  .describe('what to change: title, owner, offset, criteria, after');

const addedMilestoneSchema = z
  .strictObject({
    key: milestoneKeySchema,
    title: titleSchema,
    owner: ownerSchema,
    offset: offsetSchema,
    criteria: criteriaSchema,
    after: afterSchema.default([]),
  })
  .describe('a milestone: key, title, owner, offset, criteria, after');

export const milestonesFields = {
  change: changesSchema(changeSchema, 'changes by milestone key'),
  drop: z.array(milestoneKeySchema).max(MAX_DIFFERENCES).default([]).describe('a list of milestone keys'),
  add: z
    .array(addedMilestoneSchema)
    .max(MAX_DIFFERENCES)
    .default([])
    .describe('a list of further milestones'),
};

export const milestonesSchema = z
  .strictObject(milestonesFields)
  .prefault({})
  .describe('what differs from the critical milestones');
