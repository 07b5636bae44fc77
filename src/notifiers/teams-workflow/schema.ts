import * as z from 'zod';

/** Its address is the secret by which a workflow is called; no message repeats it. */
const webhookUrl = z
  .string()
  .refine(isAllowed, 'must be an https address without user name and password')
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

/** Plain http reaches this machine only. */
function isAllowed(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, hostname, username, password } = new URL(address);
  if (username !== '' || password !== '') return false;
  return (
    protocol === 'https:' || (protocol === 'http:' && ['127.0.0.1', '[::1]', 'localhost'].includes(hostname))
  );
}
