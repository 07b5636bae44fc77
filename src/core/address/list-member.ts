import { type Destination, encodeDestination } from './destination.ts';

/** The name of a list of recipients, such as `customers`. */
export const LIST_NAME = '[a-z0-9][a-z0-9-]{0,39}';

/** A whole text that is such a name. */
export const listName = new RegExp(`^${LIST_NAME}$`);

/** One recipient of a list. */
export interface ListMember {
  list: string;
  /** An e-mail address. */
  address: string;
}

const member = new RegExp(`^(${LIST_NAME})/(.+)$`, 's');

/** The id of the destination of one recipient of a list: `customers/person@example.com`. */
export function writeMember({ list, address }: ListMember): string {
  return `${list}/${address}`;
}

/** Whom the id of a destination stands for; null unless it is a recipient of a list. */
export function readMember(id: string): ListMember | null {
  const [, list, address] = member.exec(id) ?? [];
  return list === undefined || address === undefined ? null : { list, address };
}

/** The recipient of a list whose destination it is; null for any other. */
export function memberAt({ kind, id }: Pick<Destination, 'kind' | 'id'>): ListMember | null {
  return kind === 'address' && id.includes('@') ? readMember(id) : null;
}

/** Where something went as many may see it: for a recipient of a list, the list, whose members stay unknown. */
export function withoutMember(destination: Destination): Destination {
  const member = memberAt(destination);
  return member ? { ...destination, id: member.list } : destination;
}

/** The same in the form in which it is recorded: nothing is ever removed from the audit trail, and an address may have to be. */
export function recordedDestination(destination: Destination): string {
  return encodeDestination(withoutMember(destination));
}

/** One recipient in words that tell them from others without their address: `a…@example.com (list customers)`. */
export function describeMember({ list, address }: ListMember): string {
  const [first = ''] = address;
  return `${first}…${address.slice(address.lastIndexOf('@'))} (list ${list})`;
}
