import { listWords } from '../../lib/list-words.ts';
import type { RemindedVoters } from '../../services/go-no-go/remind-on-request.ts';

/** The answer to somebody who had voters reminded. */
export function remindedSentence({ releaseKey, reminded, left }: RemindedVoters): string {
  const done = `I've reminded ${listWords(reminded)} by direct message to vote on ${releaseKey}.`;
  if (left.length === 0) return done;
  return `${done} I didn't remind ${listWords(left, 'or')}: I asked them only recently.`;
}
