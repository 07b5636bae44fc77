import * as z from 'zod';
import { durationSchema } from './duration-schema.ts';
import { goNoGoPolicyFields } from './go-no-go-policy-schema.ts';
import { CAB_ROLES, MATRIX_ROLES, ROLE_NAMES } from './roles.ts';
import { addProblem, scheduleTimeSchema } from './schedule-time.ts';

const POLL_KEY = /^[a-z][a-z0-9-]{0,39}$/;

export const pollSchema = z
  .strictObject({
    key: z.string().regex(POLL_KEY).describe('a short name such as decision, in lower case'),
    opens: scheduleTimeSchema,
    closes: scheduleTimeSchema,
    kind: z
      .enum(['readiness', 'decision'])
      .describe('readiness (asks how things stand) or decision (go or no-go)'),
  })
  .describe('a poll: key, opens, closes, kind');

export type Poll = z.infer<typeof pollSchema>;

/**
 * The readiness check of S1 §3.3 (T-7), open for a day, and the decision of S1 §3.2, which has to be
 * there before deployment: it opens at T-1 and closes two hours before go-live.
 */
export const DEFAULT_POLLS: readonly Poll[] = [
  {
    key: 'readiness',
    opens: { offset: '-P7D', time: '14:00' },
    closes: { offset: '-P6D', time: '14:00' },
    kind: 'readiness',
  },
  {
    key: 'decision',
    opens: { offset: '-P1D', time: '14:00' },
    closes: { goLive: '-PT2H' },
    kind: 'decision',
  },
];

const roleListSchema = z
  .array(z.enum(ROLE_NAMES).describe(`a role: ${ROLE_NAMES.join(', ')}`))
  .min(1)
  .superRefine((names, context) => {
    names.forEach((name, index) => {
      if (names.indexOf(name) === index) return;
      addProblem(context, [index], `names ${name} a second time`, 'each role once');
    });
  })
  .describe('a list of roles');

/** The boards that a plan can name instead of listing their roles. */
const BOARDS = { matrix: MATRIX_ROLES, cab: CAB_ROLES } as const;

const votersSchema = z
  .union([z.enum(['matrix', 'cab']).transform((board) => [...BOARDS[board]]), roleListSchema])
  .prefault([...MATRIX_ROLES])
  .describe('a list of roles, matrix (the stakeholder matrix) or cab (the change advisory board)');

const pollsSchema = z
  .array(pollSchema)
  .min(1)
  .max(10)
  .superRefine((polls, context) => {
    polls.forEach((poll, index) => {
      if (polls.findIndex((other) => other.key === poll.key) === index) return;
      addProblem(context, [index, 'key'], `is "${poll.key}" a second time`, 'a key that no other poll has');
    });
    if (polls.filter((poll) => poll.kind === 'decision').length === 1) return;
    const message = 'does not have exactly one poll of kind decision';
    addProblem(context, [], message, 'one poll of kind decision: its outcome approves the release');
  })
  .prefault([...DEFAULT_POLLS])
  .describe('a list of polls');

export const goNoGoFields = {
  roles: votersSchema,
  polls: pollsSchema,
  escalateAfter: durationSchema
    .optional()
    .describe(
      'how long after a poll opens the backups of those who have not voted are asked, such as PT4H; without it, half of the time for which the poll is open',
    ),
  distinctPeople: z.boolean().default(false).describe('true: each role that votes needs a different person'),
  ...goNoGoPolicyFields,
};

export const goNoGoSchema = z.strictObject(goNoGoFields).prefault({}).describe('who is asked, and when');
