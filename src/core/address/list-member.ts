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
