import type { Message } from '../../control-api.ts';
import { compareTs } from '../store/messages.ts';
import { unescapeMarkup } from './mrkdwn.ts';
import { wordsIn } from './words-in.ts';

/** More of a message is for those who go and read it. */
const LONGEST = 140;

/** A message in the words of a screen reader: on one line, shortened. */
export function spokenText(message: Message): string {
  const line = unescapeMarkup(wordsIn(message)).replace(/\s+/g, ' ').trim();
  return line.length > LONGEST ? `${line.slice(0, LONGEST)}…` : line;
}

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
  const said = `${reader.nameOf(last.user)}: ${spokenText(last)}`;
  return fresh.length === 1 ? said : `${fresh.length} new messages. The last: ${said}`;
}
