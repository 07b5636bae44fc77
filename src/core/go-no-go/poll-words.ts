import { countWords } from '../../lib/count-words.ts';
import type { PollOutcome } from './decide-poll.ts';

/** How a poll of each kind is called in messages. */
export const pollNames = { decision: 'go/no-go', readiness: 'readiness check' } as const;

/** What a closed poll has decided, as messages say it. */
export const outcomeWords: Record<PollOutcome, string> = {
  go: 'GO',
  no_go: 'NO-GO',
  go_stands: 'still GO',
  timed_out: 'TIMED OUT',
  overridden: 'GO by override',
};

/** That nobody refused it, and votes were missing when it closed: `timed out, 2 votes missing`. */
export function timedOutWords(missing: number, { early = false } = {}): string {
  const votes = `${countWords(missing, 'vote')} missing`;
  return early ? `closed early, ${votes}` : `timed out, ${votes}`;
}
