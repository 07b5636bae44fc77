import { judgeCondition } from '../../go-no-go/judge-condition.ts';
import type { TimerKind } from '../timer-kind.ts';

/** The deadline of a vote's condition has come. The subject is its task. It is judged before a poll that closes then. */
export const timerKind: TimerKind = { name: 'condition-due', isFirst: true, fire: judgeCondition };
