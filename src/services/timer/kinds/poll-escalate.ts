import { escalatePoll } from '../../go-no-go/escalate-poll.ts';
import type { TimerKind } from '../timer-kind.ts';

/** Those who have not voted by now are stood in for. The subject is the poll's id. */
export const timerKind: TimerKind = { name: 'poll-escalate', fire: escalatePoll };
