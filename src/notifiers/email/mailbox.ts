import * as z from 'zod';

/** A name, which may be in quotes, and an address in angle brackets. */
const named = /^\s*(?:"([^"\p{Cc}<>]{1,100})"|([^"\p{Cc}<>,;:@]{1,100}?))\s*<([^<>\s]+)>\s*$/u;

/** A sender or recipient: the address, and the name if there is one. */
export interface Mailbox {
  name: string;
  address: string;
}

/** Whether a text is exactly one sender, with or without a name. */
export function isOneMailbox(value: string): boolean {
  return parse(value) !== null;
}

/** @throws TypeError unless it is one, which `isOneMailbox` tells. */
export function readMailbox(value: string): Mailbox {
  const mailbox = parse(value);
  if (!mailbox) throw new TypeError(`not a sender: ${value}`);
  return mailbox;
}

/** Whether a text is an e-mail address, as configuration and plans write it. */
export function isAddress(value: string): boolean {
  return z.email().safeParse(value).success;
}

function parse(value: string): Mailbox | null {
  const [, quoted, plain, address] = named.exec(value) ?? [];
  const mailbox = { name: (quoted ?? plain ?? '').trim(), address: address ?? value.trim() };
  return isAddress(mailbox.address) ? mailbox : null;
}
