import { defineAdapter } from '../../lib/create-adapter-registry.ts';
import { createEmail } from './email.ts';
import { EmailSettings } from './schema.ts';

/** E-mail by SMTP: to an address, or to everybody on a list. */
export const notifier = defineAdapter({
  name: 'email',
  settings: EmailSettings,
  create: (settings) => createEmail(settings),
});
