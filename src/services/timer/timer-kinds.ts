import { closeReleaseTimer } from './kinds/close-release.ts';
import { communication } from './kinds/communication.ts';
import { pollClose } from './kinds/poll-close.ts';
import { soakOver } from './kinds/soak-over.ts';
import type { TimerKind } from './timer-kind.ts';

/** Every kind of timer there is: the files in `kinds/`. */
export const timerKinds: readonly TimerKind[] = [closeReleaseTimer, communication, pollClose, soakOver];
