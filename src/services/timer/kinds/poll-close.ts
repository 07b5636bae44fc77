import { findPoll } from '../../../db/queries/polls.ts';
import { settlePoll } from '../../go-no-go/close-poll.ts';
import type { TimerKind } from '../timer-kind.ts';

/** The time to vote is over. The subject is the poll's id. */
export const timerKind: TimerKind = {
  name: 'poll-close',
  isFirst: true,
  fire: async (scope, release, pollId) => {
    const poll = await findPoll(scope.tx, pollId);
    if (poll?.state === 'open') await settlePoll(scope, { release, poll });
  },
};
