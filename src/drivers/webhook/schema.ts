import * as z from 'zod';
import { isHttpsOrLocal } from '../../lib/http/https-or-local.ts';
import { isWebhookSecret, notAWebhookSecret } from '../../lib/standard-webhooks.ts';

const secret = z.string().refine(isWebhookSecret, notAWebhookSecret);

/** What a service of your own may be asked to do, besides telling its state. */
export const webhookCommands = ['setWeight', 'promote', 'pause', 'resume', 'abort', 'rollBack'] as const;
export type WebhookCommand = (typeof webhookCommands)[number];

/** How to reach a service that deploys, and what it can do. */
export const WebhookDriverSettings = z.strictObject({
  /** Where everything is asked for. */
  url: z.string().refine(isHttpsOrLocal, 'must be an https address without user name and password'),
  /** What the service is to change, by the name that it knows. */
  target: z.string().min(1).max(200),
  /** Signs each request. */
  secret,
  /** The secret before, while the service may still go by it: both sign. */
  previousSecret: secret.optional(),
  commands: z.array(z.enum(webhookCommands)).min(1).default(['setWeight', 'rollBack']),
  /** Longest time from an accepted command to its result, milliseconds. */
  deadlineMs: z.int().min(1_000).max(3_600_000).default(300_000),
  /** By how many percentage points its shares may be off. */
  weightTolerance: z.number().min(0).lt(1).default(0),
  /** Longest wait for an answer, milliseconds. */
  timeoutMs: z.int().min(1).max(20_000).default(5_000),
});
export type WebhookDriverSettings = z.infer<typeof WebhookDriverSettings>;
