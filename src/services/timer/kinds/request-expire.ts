import { lapseRequest } from '../../kernel/lapse-request.ts';
import { expireKind } from '../../kernel/require-second-person.ts';
import type { TimerKind } from '../timer-kind.ts';

/** Nobody agreed in time to what somebody asked for. The subject is the request. */
export const timerKind: TimerKind = {
  name: expireKind,
  fire: lapseRequest,
  fireAlone: (scope, requestId) => lapseRequest(scope, null, requestId),
};
