import { ADAPTER_NAME } from './adapter-name.ts';
import type { Destination } from './destination.ts';

/** What a notifier's address looks like: the notifier's name, a colon and what the notifier knows. */
export const NOTIFIER_ADDRESS = `${ADAPTER_NAME}:\\S{1,500}`;

const notifierAddress = new RegExp(`^${NOTIFIER_ADDRESS}$`, 'u');

/** Where an address of a notifier is, such as `status:public`; null for the name or id of a channel, such as `#support`. */
export function notifierDestination(address: string): Destination | null {
  if (!notifierAddress.test(address)) return null;
  const colon = address.indexOf(':');
  return { channel: address.slice(0, colon), kind: 'address', id: address.slice(colon + 1) };
}
