import * as z from 'zod';
import { ROLE_NAMES } from './roles.ts';

/** What the votes of a poll have to add up to. */
export const POLICY_RULES = ['unanimous', 'quorum', 'majority'] as const;
export type PolicyRule = (typeof POLICY_RULES)[number];

const roleSchema = z.enum(ROLE_NAMES).describe(`a role: ${ROLE_NAMES.join(', ')}`);

/** How votes are counted; what a plan leaves out is unanimous. */
export const policySchema = z
  .strictObject({
    rule: z
      .enum(POLICY_RULES)
      .default('unanimous')
      .describe('unanimous, quorum (so many roles vote go) or majority'),
    quorum: z
      .int()
      .min(1)
      .max(ROLE_NAMES.length)
      .optional()
      .describe('how many roles have to vote go, with rule: quorum'),
    veto: z.array(roleSchema).max(ROLE_NAMES.length).default([]).describe('roles whose no-go blocks it'),
    observers: z
      .array(roleSchema)
      .max(ROLE_NAMES.length)
      .default([])
      .describe('roles that are asked, too, and whose votes are advisory'),
  })
  .describe('how votes are counted: rule, quorum, veto, observers');

/** Fields of `goNoGo` that a plan may leave out altogether. */
export const goNoGoPolicyFields = {
  policy: policySchema.optional(),
  emergency: z
    .strictObject({
      roles: z.array(roleSchema).min(1).max(ROLE_NAMES.length).describe('the roles that decide, all of them'),
    })
    .optional()
    .describe('for a hotfix: who decides in place of those who usually vote'),
  signOff: z
    .boolean()
    .optional()
    .describe(
      'true: after a go, the release manager and the business sponsor have to sign off before it is approved',
    ),
};
