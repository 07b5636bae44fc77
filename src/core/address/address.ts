import { ADAPTER_NAME } from './adapter-name.ts';
import type { Destination } from './destination.ts';

/** A name that may have spaces within it, as those of teams and their channels do; the former may have a slash, too. */
const TEAM = '\\S(?:[^\\p{C}]{0,198}\\S)?';
const CHANNEL = '[^\\s/](?:[^/\\p{C}]{0,198}[^\\s/])?';

/** A user group of Slack by its handle: `@support-oncall`. */
export const GROUP_ADDRESS = '@[\\p{L}\\p{N}._-]{1,80}';

const PERSON = 'person:';

/** The e-mail address of the person whom an address such as `person:dana@example.com` means; null for any other address. */
export function personEmail(address: string): string | null {
  return address.startsWith(PERSON) ? address.slice(PERSON.length) : null;
}

/**
 * What an address looks like that begins with the name of a platform or a notifier: the name, a colon and what that
 * knows it by, which is without spaces unless it is a team with its channel, such as `Web Platform/support`.
 */
export const NOTIFIER_ADDRESS = `${ADAPTER_NAME}:(?:\\S{1,500}|${TEAM}/${CHANNEL})`;

const notifierAddress = new RegExp(`^${NOTIFIER_ADDRESS}$`, 'u');

/** Where an address of a notifier is, such as `status:public`; null for the name or id of a channel, such as `#support`. */
export function notifierDestination(address: string): Destination | null {
  if (!notifierAddress.test(address)) return null;
  const colon = address.indexOf(':');
  return { channel: address.slice(0, colon), kind: 'address', id: address.slice(colon + 1) };
}
