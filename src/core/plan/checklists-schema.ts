import * as z from 'zod';
import { changesSchema, keySchema, MAX_DIFFERENCES, titleSchema } from './differences-schema.ts';
import { ROLE_NAMES } from './roles.ts';
import { offsetSchema, scheduleTimeSchema } from './schedule-time.ts';

/** Data for which the law or a standard asks for more (S1 §10.2, each with an "if"). */
export const REGULATED_DATA = ['payments', 'health', 'financial'] as const;
export type RegulatedData = (typeof REGULATED_DATA)[number];

const listKeySchema = keySchema('a checklist such as technical-validation');
const itemKeySchema = keySchema('a key such as load-balancer, in lower case');
/** `technical-validation/cdn`: an item by its checklist. */
const itemPathSchema = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,79}\/[a-z][a-z0-9-]{0,79}$/)
  .describe('an item by its checklist, such as technical-validation/cdn');
const ownerSchema = z.enum(ROLE_NAMES).describe(`a role: ${ROLE_NAMES.join(', ')}`);

const changeSchema = z
  .strictObject({
    title: titleSchema.optional(),
    owner: ownerSchema.optional(),
    offset: offsetSchema.optional(),
  })
  .describe('what to change: title, owner, offset');

const addedListSchema = z
  .strictObject({ key: listKeySchema, title: titleSchema, offset: offsetSchema })
  .describe('a checklist: key, title, offset');

const addedItemSchema = z
  .strictObject({
    checklist: listKeySchema,
    key: itemKeySchema,
    title: titleSchema,
    owner: ownerSchema,
    offset: offsetSchema.optional(),
  })
  .describe('an item: checklist, key, title, owner, offset');

const listOf = <Item extends z.ZodType>(item: Item, what: string) =>
  z.array(item).max(MAX_DIFFERENCES).default([]).describe(what);

export const checklistsFields = {
  regulated: listOf(
    z.enum(REGULATED_DATA).describe(`one of ${REGULATED_DATA.join(', ')}`),
    `which regulated data the product handles: ${REGULATED_DATA.join(', ')}`,
  ),
  include: listOf(listKeySchema, 'a list of checklists that the release would not have by itself'),
  change: changesSchema(changeSchema, 'changes by item, such as technical-validation/cdn'),
  drop: listOf(z.union([listKeySchema, itemPathSchema]), 'a list of checklists, or of items'),
  lists: listOf(addedListSchema, 'a list of further checklists'),
  add: listOf(addedItemSchema, 'a list of further items'),
  cards: scheduleTimeSchema
    .optional()
    .describe('when the checklists are posted in the channel of the release'),
};

export const checklistsSchema = z
  .strictObject(checklistsFields)
  .describe('what differs from the default checklists');

/** What differs, as a plan says it; nothing where it says nothing, as plans from before there were checklists. */
export function checklistChanges({
  checklists,
}: {
  checklists?: z.infer<typeof checklistsSchema> | undefined;
}) {
  return checklists ?? checklistsSchema.parse({});
}
