import { ADAPTER_NAME } from './adapter-name.ts';
import type { Destination } from './destination.ts';

/**
 * What an address looks like that is not a bare channel: the name of a platform or a notifier, a colon, and what that
 * knows. Names of teams and channels may have blanks in them.
 */
export const NOTIFIER_ADDRESS = `${ADAPTER_NAME}:\\S(?:[\\S ]{0,498}\\S)?`;

const notifierAddress = new RegExp(`^${NOTIFIER_ADDRESS}$`, 'u');

/** Where an address of a notifier is, such as `status:public`; null for the name or id of a channel, such as `#support`. */
export function notifierDestination(address: string): Destination | null {
  if (!notifierAddress.test(address)) return null;
  const colon = address.indexOf(':');
  return { channel: address.slice(0, colon), kind: 'address', id: address.slice(colon + 1) };
}
