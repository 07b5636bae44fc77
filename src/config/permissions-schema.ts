import * as z from 'zod';
import type { ReleaseCapability } from '../core/permissions/capabilities.ts';
import { configurableCapabilities, secondPersonPolicies } from '../core/permissions/permissions.ts';
import { isRoleName, ROLE_NAMES, roleTitle } from '../core/plan/roles.ts';
import { suggest } from '../lib/closest.ts';
import { listWords } from '../lib/list-words.ts';
import { hasVisibleText } from '../lib/visible-text.ts';

const nameSchema = z
  .string()
  .regex(/^[a-z][a-z0-9_]{0,39}$/, 'is not the name of a role, such as release_manager or sre');

const roleSchema = z
  .strictObject({
    title: z
      .string()
      .max(60)
      .refine(hasVisibleText, 'is blank')
      .optional()
      .describe('What people call it. A role of releases has its own title.'),
    people: z
      .array(
        z.strictObject({
          name: z.string().max(80).refine(hasVisibleText, 'is blank'),
          email: z.email('is not an e-mail address'),
        }),
      )
      .default([])
      .describe('Who holds it.'),
    groups: z
      .array(z.string().min(1))
      .default([])
      .describe(
        'Whose members hold it: a user group of Slack, such as "@sre", or a team, such as "teams:Web".',
      ),
  })
  .refine(({ people, groups }) => people.length + groups.length > 0, 'needs people or groups');

/** Which roles may do what, and who holds a role in every release. */
export const permissionsSchema = z
  .strictObject({
    capabilities: z
      .strictObject(
        Object.fromEntries(
          configurableCapabilities.map((name) => [name, z.array(nameSchema).optional()]),
        ) as Record<ReleaseCapability, z.ZodOptional<z.ZodArray<typeof nameSchema>>>,
        {
          error: (issue) =>
            issue.code === 'unrecognized_keys' ? refuseCapability(String(issue.keys[0])) : undefined,
        },
      )
      .default({})
      .describe('The roles that hold a capability, instead of the default ones. An empty list: nobody does.'),
    roles: z
      .record(nameSchema, roleSchema)
      .default({})
      .describe('Roles that people hold in every release, by name.'),
    secondPerson: z
      .enum(secondPersonPolicies, 'is not by-risk, always or by-plan')
      .default('by-risk')
      .describe(
        'When a promotion takes a second person: by-risk, at risk tolerance low and zero-downtime unless the plan says otherwise; always; by-plan, only where a plan says so.',
      ),
  })
  .superRefine(({ capabilities, roles }, context) => {
    for (const [capability, names] of Object.entries(capabilities)) {
      for (const [index, name] of (names ?? []).entries()) {
        if (isRoleName(name) || roles[name]) continue;
        const message = `"${name}" is no role: expected one of ${listWords([...ROLE_NAMES, ...Object.keys(roles)])}`;
        context.addIssue({ code: 'custom', path: ['capabilities', capability, index], message });
      }
    }
    for (const [name, { title }] of Object.entries(roles)) {
      const path = ['roles', name, 'title'];
      if (isRoleName(name) && title !== undefined) {
        context.addIssue({ code: 'custom', path, message: `is not needed: it is the ${roleTitle(name)}` });
      } else if (!isRoleName(name) && title === undefined) {
        context.addIssue({ code: 'custom', path, message: 'is missing: what do people call this role?' });
      }
    }
  })
  .transform(({ capabilities, roles, secondPerson }) => ({
    secondPerson,
    capabilities,
    roles: Object.fromEntries(
      Object.entries(roles).map(([name, { title = '', ...role }]) => [
        name,
        { ...role, title: isRoleName(name) ? roleTitle(name) : title },
      ]),
    ),
  }))
  .prefault({})
  .describe('Which roles may do what, and who holds a role in every release.');

function refuseCapability(name: string): string {
  const message = `"${name}" is no capability that can be given: expected one of ${listWords(configurableCapabilities)}`;
  const hint = suggest(name, configurableCapabilities);
  return hint === undefined ? message : `${message}. ${hint}`;
}
