import { defineAdapter } from '../../lib/create-adapter-registry.ts';
import { StatuspageSettings } from './schema.ts';
import { createStatuspage } from './statuspage.ts';

/** A public status page at Atlassian Statuspage. */
export const notifier = defineAdapter({
  name: 'statuspage',
  settings: StatuspageSettings,
  create: createStatuspage,
});
