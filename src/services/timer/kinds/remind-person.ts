import { remindPerson } from '../../tasks/remind-person.ts';
import type { TimerKind } from '../timer-kind.ts';

/** Somebody may have something to hear of what they have to do. The subject is the person's id. */
export const timerKind: TimerKind = { name: 'remind-person', fireAlone: remindPerson };
