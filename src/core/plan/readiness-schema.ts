import * as z from 'zod';
import { changesSchema, keySchema, MAX_DIFFERENCES, titleSchema } from './differences-schema.ts';
import { durationSchema } from './duration-schema.ts';
import { gateMeasureSchema } from './gate-measure-schema.ts';
import { ROLE_NAMES } from './roles.ts';
import { addProblem } from './schedule-time.ts';

/** How a value is compared with the limit of its gate. `passes`: it is yes or no; `better-than`: it is a grade. */
export const COMPARATORS = ['at-least', 'above', 'at-most', 'below', 'better-than', 'passes'] as const;
export type Comparator = (typeof COMPARATORS)[number];

/** Grades from the best to the worst, as static analysis gives them. */
export const GRADES = ['A', 'B', 'C', 'D', 'E', 'F'] as const;
export type Grade = (typeof GRADES)[number];

/** How old a result may be, where neither plan nor gate says. S1 and S2 leave it open: a week spans one test cycle. */
export const DEFAULT_FRESHNESS = 'P7D';

/** The longest key of a gate: it is also the value of an option in forms, which platforms limit. */
export const MAX_GATE_KEY = 75;

const gateKeySchema = keySchema(`a gate such as unit-test-coverage, at most ${MAX_GATE_KEY} characters`, {
  maxLength: MAX_GATE_KEY,
});
const ownerSchema = z.enum(ROLE_NAMES).describe(`a role: ${ROLE_NAMES.join(', ')}`);
const freshnessSchema = durationSchema.describe('how old a result may be, such as PT24H or P7D');
const limitSchema = z
  .union([z.number().min(0), z.enum(GRADES)])
  .describe(`a number, or a grade from ${GRADES[0]} to ${GRADES.at(-1)}`);

const changeSchema = z
  .strictObject({
    title: titleSchema.optional(),
    owner: ownerSchema.optional(),
    limit: limitSchema.optional(),
    freshness: freshnessSchema.optional(),
    measure: gateMeasureSchema.optional(),
  })
  .describe('what to change: title, owner, limit, freshness, measure');

const addedGateSchema = z
  .strictObject({
    key: gateKeySchema,
    title: titleSchema,
    owner: ownerSchema,
    comparator: z.enum(COMPARATORS).describe(`one of ${COMPARATORS.join(', ')}`),
    limit: limitSchema.optional(),
    unit: z.string().max(20).default('').describe('a unit such as ms or %'),
    freshness: freshnessSchema.optional(),
    measure: gateMeasureSchema.optional(),
  })
  .superRefine(({ comparator, limit }, context) => {
    const wanted = limitKind(comparator);
    if (limitKindOf(limit) !== wanted)
      addProblem(context, ['limit'], `does not fit ${comparator}`, `${wanted} for ${comparator}`);
  })
  .describe('a gate: key, title, owner, comparator, limit, unit, freshness, measure');

type LimitKind = 'a number' | 'a grade' | 'no limit';

/** What limit a comparator needs. */
export function limitKind(comparator: Comparator): LimitKind {
  if (comparator === 'passes') return 'no limit';
  return comparator === 'better-than' ? 'a grade' : 'a number';
}

export function limitKindOf(limit: number | Grade | undefined): LimitKind {
  if (limit === undefined) return 'no limit';
  return typeof limit === 'number' ? 'a number' : 'a grade';
}

export const gatesFields = {
  include: z
    .array(gateKeySchema)
    .max(MAX_DIFFERENCES)
    .default([])
    .describe('a list of gates that the release would not have by itself'),
  change: changesSchema(changeSchema, 'changes by gate'),
  drop: z.array(gateKeySchema).max(MAX_DIFFERENCES).default([]).describe('a list of gates'),
  add: z.array(addedGateSchema).max(MAX_DIFFERENCES).default([]).describe('a list of further gates'),
};

export const readinessSchema = z
  .strictObject({
    blocksDecision: z
      .boolean()
      .default(false)
      .describe('true: nobody can open the vote on the release before everything is ready'),
    freshness: freshnessSchema.default(DEFAULT_FRESHNESS),
    gates: z.strictObject(gatesFields).prefault({}).describe('what differs from the default gates'),
  })
  .describe('what has to be true before the vote');

/** What a plan says of readiness; the defaults where it says nothing, as plans from before there were gates. */
export function readinessOptions({ readiness }: { readiness?: z.infer<typeof readinessSchema> | undefined }) {
  return readiness ?? readinessSchema.parse({});
}
