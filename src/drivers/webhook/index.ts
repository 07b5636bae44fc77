import { defineTargetAdapter } from '../../lib/create-adapter-registry.ts';
import { WebhookDriverSettings } from './schema.ts';
import { createWebhookDriver } from './webhook-driver.ts';

/** A service of your own that deploys, asked by signed requests. */
export const driver = defineTargetAdapter({
  name: 'webhook',
  settings: WebhookDriverSettings,
  create: createWebhookDriver,
  // A query may hold a secret.
  address: ({ url, target }) => {
    const { origin, pathname } = new URL(url);
    return `${origin}${pathname} ${target}`;
  },
});
