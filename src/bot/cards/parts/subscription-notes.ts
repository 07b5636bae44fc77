import { type Block, command, note } from '../../../core/card/card.ts';
import { line } from '../../../core/card/line.ts';
import { type Wanted, wantedPhrase } from '../../../core/subscriptions/subscription-words.ts';
import { listWords } from '../../../lib/list-words.ts';

/** What somebody gets their own copies of, shown to themselves; nothing when there is nothing. */
export function subscriptionNotes(own: readonly Wanted[]): Block[] {
  if (own.length === 0) return [];
  const what = listWords(own.map(wantedPhrase));
  return [note(line`You subscribed to ${what}. To stop, use ${command('release', 'unsubscribe')}.`)];
}
