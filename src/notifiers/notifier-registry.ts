import { createAdapterRegistry } from '../lib/create-adapter-registry.ts';
import type { MessageChannel } from '../services/ports/message-channel.ts';
import { allNotifiers } from './all-notifiers.generated.ts';

/** Every kind of notifier, a message channel that only sends: each is a folder beside this file. */
export const notifierRegistry = createAdapterRegistry<MessageChannel>(allNotifiers);
