import { readMember } from '../../core/address/list-member.ts';
import { isAddress } from './mailbox.ts';
import type { EmailSettings } from './schema.ts';

/** To whom one message goes. */
export interface Recipient {
  address: string;
  /** The list that brought it to them; null: a plan names their address. */
  list: { name: string; title: string } | null;
  /** The zone in which they read instants; undefined: that of the release. */
  zone: string | undefined;
}

/** Whom the id of a destination stands for; or in a sentence why nothing can be sent there. */
export function recipientOf(settings: EmailSettings, id: string): Recipient | string {
  const member = readMember(id);
  if (!member)
    return isAddress(id) ? { address: id, list: null, zone: settings.zone } : problemOf(settings, id);
  const { list: name, address } = member;
  const list = listOf(settings, name);
  if (!list) return noList(name);
  if (!isAddress(address)) return `"${address}" is not an e-mail address.`;
  return { address, list: { name, title: list.title ?? name }, zone: list.zone ?? settings.zone };
}

/** Why a plan can't name an address, in a sentence. */
function problemOf(settings: EmailSettings, id: string): string {
  if (id.includes('@')) return `"${id}" is not an e-mail address.`;
  return listOf(settings, id) ? `"${id}" is a list, and each of its recipients gets a message.` : noList(id);
}

/** A list by its name; undefined when there is none. */
export function listOf({ lists }: EmailSettings, name: string): EmailSettings['lists'][string] | undefined {
  return Object.hasOwn(lists, name) ? lists[name] : undefined;
}

function noList(name: string): string {
  return `There is no list "${name}"; an operator names it under lists of this notifier in tminus.yaml.`;
}
