import { sendCommunication } from '../../communication/send-communication.ts';
import type { TimerKind } from '../timer-kind.ts';

/** An item of the schedule is due. The subject is the communication's id. */
export const timerKind: TimerKind = { name: 'communication', fire: sendCommunication };
