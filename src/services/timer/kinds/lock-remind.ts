import { lockReminderKind } from '../../product-lock/lock-subject.ts';
import { remindLockOwner } from '../../product-lock/remind-owner.ts';
import type { TimerKind } from '../timer-kind.ts';

/** Whoever owns a product's lock is reminded of it. The subject is the lock. */
export const timerKind: TimerKind = { name: lockReminderKind, fire: remindLockOwner };
