import { defineAdapter } from '../../lib/create-adapter-registry.ts';
import { WebhookSettings } from './schema.ts';
import { createWebhook } from './webhook.ts';

/** Signed JSON for programs: what shows it in an app, on a blog or in social networks. */
export const notifier = defineAdapter({
  name: 'webhook',
  settings: WebhookSettings,
  create: createWebhook,
});
