import * as z from 'zod';
import { isHttpsOrLocal } from '../../lib/http/https-or-local.ts';

/** Its address is the secret by which a workflow is called; no message repeats it. */
const webhookUrl = z
  .string()
  .refine(isHttpsOrLocal, 'must be an https address without user name and password')
  .describe(
    'The address that Power Automate shows, from a variable of the environment: whoever has it can post.',
  );

/** Workflows of Power Automate that post what they get into a channel or chat of Microsoft Teams. */
export const TeamsWorkflowSettings = z.strictObject({
  webhooks: z
    .record(z.string().regex(/^\S{1,80}$/, 'is a name without spaces'), webhookUrl)
    .describe(
      'Webhooks by the names that plans give: with releases here, a plan writes "workflow:releases".',
    ),
  timeoutMs: z.int().min(1_000).max(60_000).default(10_000).describe('Longest wait for an answer.'),
});
export type TeamsWorkflowSettings = z.infer<typeof TeamsWorkflowSettings>;
