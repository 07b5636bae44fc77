import { remindVoters } from '../../go-no-go/remind-voters.ts';
import type { TimerKind } from '../timer-kind.ts';

/** Those who have not voted by now are reminded. The subject is the poll's id. */
export const timerKind: TimerKind = { name: 'poll-remind', fire: remindVoters };
