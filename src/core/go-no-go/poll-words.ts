import type { PollOutcome } from './decide-poll.ts';

/** How a poll of each kind is called in messages. */
export const pollNames = { decision: 'go/no-go', readiness: 'readiness check' } as const;

/** What a closed poll has decided, as messages say it. */
export const outcomeWords: Record<PollOutcome, string> = {
  go: 'GO',
  no_go: 'NO-GO',
  go_stands: 'still GO',
};
