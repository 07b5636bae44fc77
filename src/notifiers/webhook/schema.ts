import * as z from 'zod';
import { isHttpsOrLocal } from '../../lib/http/https-or-local.ts';
import { isWebhookSecret, notAWebhookSecret } from '../../lib/standard-webhooks.ts';

const secret = z.string().refine(isWebhookSecret, notAWebhookSecret);

const endpoint = z
  .strictObject({
    url: z
      .string()
      .refine(isHttpsOrLocal, 'must be an https address without user name and password')
      .describe('Where messages are posted; plain http reaches this machine only.'),
    secret: secret.describe('Signs each message. From a variable of the environment.'),
    previousSecret: secret
      .optional()
      .describe('The secret before, while the receiver may still go by it: both sign.'),
  })
  .describe('A receiver.');

/** Signed webhooks by https://www.standardwebhooks.com. */
export const WebhookSettings = z.strictObject({
  endpoints: z
    .record(z.string().regex(/^\S{1,80}$/, 'is a name without spaces'), endpoint)
    .describe('Receivers by topics that plans give: with blog here, a plan writes "hooks:blog".'),
  timeoutMs: z.int().min(1_000).max(20_000).default(10_000).describe('Longest wait for an answer.'),
});
export type WebhookSettings = z.infer<typeof WebhookSettings>;
