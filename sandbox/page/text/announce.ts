import type { Message } from '../../control-api.ts';
import { compareTs } from '../store/messages.ts';
import { unescapeSlack } from './mrkdwn.ts';

/** More of a message is for those who go and read it. */
const LONGEST = 140;

/**
 * What a screen reader says of messages that came after `since`: the last one, shortened, and how many there
 * are. Empty when there is none of others. Edits of a live card are not told.
 */
export function announce(
  messages: Message[],
  since: string,
  reader: { actor: string; nameOf: (userId: string) => string },
): string {
  const fresh = messages.filter(({ ts, user }) => user !== reader.actor && compareTs(ts, since) > 0);
  const last = fresh.at(-1);
  if (!last) return '';
  const text = unescapeSlack(last.text).replace(/\s+/g, ' ').trim();
  const short = text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
  const said = `${reader.nameOf(last.user)}: ${short}`;
  return fresh.length === 1 ? said : `${fresh.length} new messages. The last: ${said}`;
}
