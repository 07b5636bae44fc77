import * as z from 'zod';
import { isHttpsOrLocal } from '../../lib/http/https-or-local.ts';

const id = z.string().regex(/^[a-z0-9]{6,40}$/i, 'is not an id as the address bar of Statuspage shows it');

/** Atlassian Statuspage, by its API v1 (developer.statuspage.io). */
export const StatuspageSettings = z.strictObject({
  apiKey: z.string().min(1).describe('A key of the page, from a variable of the environment.'),
  pageId: id.describe('The id of the page.'),
  components: z
    .record(z.string().regex(/^\S{1,80}$/, 'is a name without spaces'), z.array(id))
    .describe(
      'The ids of the components that a release concerns, by the names that plans give: with shop here, a plan writes "status:shop". An empty list concerns none.',
    ),
  whileRollingOut: z
    .enum(['operational', 'under_maintenance'])
    .default('operational')
    .describe('What the components show from go-live until the release is live for everybody.'),
  notifySubscribers: z.boolean().default(true).describe('Whether Statuspage tells its own subscribers.'),
  url: z
    .string()
    .refine(isHttpsOrLocal, 'must be an https address without user name and password')
    .default('https://api.statuspage.io/v1')
    .describe('Where the API is; plain http reaches this machine only.'),
  timeoutMs: z.int().min(1_000).max(10_000).default(8_000).describe('Longest wait for an answer.'),
});
export type StatuspageSettings = z.infer<typeof StatuspageSettings>;
