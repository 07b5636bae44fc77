/** What Teams' client does where a card has a `refresh` that names the reader: it asks the app for their own. */
import type { Message, Person } from '../../control-api.ts';
import { api } from '../api.ts';
import { read } from '../store/run.ts';
import { isReaderOf } from './cards/is-reader-of.ts';

/** Which edit of which message was asked for already, and by whom. */
const asked = new Set<string>();

/** Asks once for each edit of a message. */
export function refreshCard(message: Message, reader: Person): void {
  const { channel, ts, edits } = message;
  const key = `${reader.id}/${channel}/${ts}/${edits}`;
  if (asked.has(key) || !isReaderOf(message, reader)) return;
  asked.add(key);
  read(api.sendRefresh({ person: reader.id, on: { channel, ts } }));
}
